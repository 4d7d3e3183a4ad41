// What the visitor sees, as one value and one function: (state, event) → state. Pure: no socket, no clock, no DOM.

import type { ConversationId, GuestConversation, GuestEvent, Message, Seq } from './protocol';
import type { Link } from './socket';
import type { Contact, Pending } from './store';

export interface State {
  link: Link;
  /** Whether there was a connection since the page was loaded. */
  everReady: boolean;
  panelOpen: boolean;
  /** Somebody is on duty for this guest, as far as we know; it does not matter while a conversation is in its line or seat. */
  onDuty: boolean;
  /** The conversation that `messages` are of. Known before `conversation` if an `ack` opened it. */
  talk: ConversationId | null;
  conversation: GuestConversation | null;
  /** By `seq`, without repeats, all of them after `after`; there may be gaps behind `have` for a moment. */
  messages: readonly Message[];
  /** What is here begins after this `seq`; unless it is 0, the server has earlier messages. */
  after: Seq;
  /** Everything from there up to this `seq` is here. */
  have: Seq;
  /** Own messages not yet acknowledged, oldest first. */
  pending: readonly Pending[];
  contact: Contact | null;
  agentTyping: boolean;
}

export type StateEvent =
  | { type: 'link'; link: Link }
  | { type: 'frame'; frame: GuestEvent }
  | { type: 'panel'; open: boolean }
  /** What the outbox holds has changed. */
  | { type: 'unsent'; pending: readonly Pending[]; contact: Contact | null }
  /** We told the server that the visitor has seen everything up to `seq`. */
  | { type: 'read'; seq: Seq };

/** Nothing of a conversation is here yet. */
const NO_MESSAGES = { messages: [], after: 0, have: 0 } as const;

export const INITIAL: State = {
  link: { state: 'idle' },
  everReady: false,
  panelOpen: false,
  onDuty: false,
  talk: null,
  conversation: null,
  ...NO_MESSAGES,
  pending: [],
  contact: null,
  agentTyping: false,
};

export function reduce(state: State, event: StateEvent): State {
  switch (event.type) {
    case 'link':
      return {
        ...state,
        link: event.link,
        everReady: state.everReady || event.link.state === 'ready',
        agentTyping: state.agentTyping && event.link.state === 'ready',
      };
    case 'panel':
      return { ...state, panelOpen: event.open };
    case 'unsent':
      return { ...state, pending: event.pending, contact: event.contact };
    case 'read':
      return marked(state, state.talk, 'guest_read', event.seq);
    case 'frame':
      return received(state, event.frame);
  }
}

function received(state: State, frame: GuestEvent): State {
  switch (frame.type) {
    case 'welcome':
      return welcomed({ ...state, onDuty: frame.on_duty }, frame.conversation, frame.after);
    case 'duty':
      return { ...state, onDuty: frame.on_duty };
    case 'conversation': {
      const { type: _, ...conversation } = frame;
      return moved(state, conversation);
    }
    case 'message': {
      const { type: _, ...message } = frame;
      return stored(state, message);
    }
    case 'earlier':
      return preceded(state, frame);
    case 'ack':
      return acknowledged(state, frame);
    case 'typing':
      return { ...state, agentTyping: frame.active };
    case 'read':
      return marked(state, frame.conversation, 'agent_read', frame.seq);
    case 'delivered':
      return marked(state, frame.conversation, 'agent_delivered', frame.seq);
    default:
      // `rejected` is the outbox's business, `pong` the socket's; a later server may say more.
      return state;
  }
}

/** What follows a welcome begins after `after`. */
function welcomed(state: State, conversation: GuestConversation | null, after: Seq): State {
  if (!conversation) return { ...state, talk: null, conversation: null, ...NO_MESSAGES, agentTyping: false };
  const there = moved(state, conversation);
  // We may be so far behind that what is between is left out. And a server that knows less than we do was restored from a
  // backup: its numbers count now.
  const joins = after <= there.have && there.have <= conversation.last_seq;
  return joins ? there : { ...there, messages: [], after, have: after };
}

/** The conversation as it is now, or another one. */
function moved(state: State, conversation: GuestConversation): State {
  const same = state.talk === conversation.id;
  const before = same ? state.conversation : null;
  return {
    ...state,
    ...(same ? {} : NO_MESSAGES),
    talk: conversation.id,
    conversation: before
      ? // Marks only go forward, also when this was said before the server heard our last `read`.
        { ...conversation, guest_read: Math.max(conversation.guest_read, before.guest_read) }
      : conversation,
    agentTyping: same && state.agentTyping && conversation.place.state === 'seated' && conversation.place.agent_here,
  };
}

function stored(state: State, message: Message): State {
  const here = inTalk(state, message.conversation);
  if (!here) return state;
  return {
    ...withMessage(here, message),
    agentTyping: here.agentTyping && message.from.role !== 'agent',
  };
}

/** Earlier messages come before those that are here, if they are what is missing there. */
function preceded(state: State, earlier: Extract<GuestEvent, { type: 'earlier' }>): State {
  if (state.talk !== earlier.conversation || earlier.before !== state.after + 1) return state;
  const first = earlier.messages[0];
  return {
    ...state,
    messages: [...earlier.messages, ...state.messages],
    after: first && earlier.more ? first.seq - 1 : 0,
  };
}

/** The pending message of that id becomes a stored one. */
function acknowledged(state: State, ack: Extract<GuestEvent, { type: 'ack' }>): State {
  const pending = state.pending.find((item) => item.id === ack.id);
  const here = inTalk(state, ack.conversation);
  if (!pending || !here) return state;
  return withMessage(here, {
    conversation: ack.conversation,
    seq: ack.seq,
    id: ack.id,
    from: { role: 'guest' },
    body: { kind: 'text', text: pending.text },
    at: ack.at,
  });
}

/** The state if that conversation is the current one, or becomes it because the one before is over. */
function inTalk(state: State, conversation: ConversationId): State | null {
  if (state.talk === conversation) return state;
  if (isOpen(state)) return null;
  return { ...state, talk: conversation, conversation: null, ...NO_MESSAGES };
}

function withMessage(state: State, message: Message): State {
  const pending = state.pending.filter((item) => item.id !== message.id);
  if (message.seq <= state.after) return { ...state, pending };
  if (state.messages.some((known) => known.seq === message.seq)) return state;
  const messages = [...state.messages, message];
  const previous = state.messages[state.messages.length - 1];
  if (previous && previous.seq > message.seq) messages.sort((a, b) => a.seq - b.seq);
  let have = state.have;
  for (const { seq } of messages) if (seq === have + 1) have = seq;
  return { ...state, messages, have, pending: pending.length === state.pending.length ? state.pending : pending };
}

function marked(
  state: State,
  of: ConversationId | null,
  mark: 'guest_read' | 'agent_read' | 'agent_delivered',
  seq: Seq,
): State {
  const before = state.conversation;
  if (!before || before.id !== of) return state;
  return { ...state, conversation: { ...before, [mark]: Math.max(before[mark], seq) } };
}

/** Whether there is a conversation that an answer may come to. */
export function isOpen(state: State): boolean {
  return state.conversation !== null && state.conversation.place.state !== 'closed';
}

/** Whether anybody has said anything yet. */
export function hasTexts(state: State): boolean {
  return state.after > 0 || state.pending.length > 0 || state.messages.some((message) => message.body.kind === 'text');
}

/** Whether the server has more than we do. */
export function isBehind(state: State): boolean {
  const newest = state.messages[state.messages.length - 1]?.seq ?? 0;
  return Math.max(newest, state.conversation?.last_seq ?? 0) > state.have;
}

/** The agents' messages the visitor has not seen. */
export function unread(state: State): number {
  const read = state.conversation?.guest_read ?? 0;
  return state.messages.filter((message) => message.seq > read && message.from.role === 'agent').length;
}

export type Mark = 'sent' | 'delivered' | 'seen';

/** How far one of the visitor's own stored messages has come. */
export function markOf(conversation: GuestConversation | null, seq: Seq): Mark {
  if (!conversation) return 'sent';
  if (seq <= conversation.agent_read) return 'seen';
  return seq <= conversation.agent_delivered ? 'delivered' : 'sent';
}
