// What the visitor sees, as one value and one function: (state, event) → state. Pure: no socket, no clock, no DOM.

import type { ConversationId, GuestConversation, GuestEvent, Message, Seq } from './protocol';
import type { Link } from './socket';
import type { Contact, Pending } from './store';

export interface State {
  link: Link;
  /** Whether there was a connection since the page was loaded. */
  everReady: boolean;
  /** The server can be reached over HTTP, but no WebSocket gets through: messages go as forms do, and nothing comes back. */
  cutOff: boolean;
  /** Agents' messages not seen, as the page before left it; until there is a connection. */
  unreadBefore: number;
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
  /** How it stands with the page of messages that was asked for last. */
  earlier: Earlier;
  /** Own messages not yet acknowledged, oldest first. */
  pending: readonly Pending[];
  contact: Contact | null;
  agentTyping: boolean;
}

/** `failed` is for the visitor to try again. */
export type Earlier = 'here' | 'asked' | 'failed';

export type StateEvent =
  | { type: 'link'; link: Link }
  | { type: 'frame'; frame: GuestEvent }
  | { type: 'panel'; open: boolean }
  | { type: 'earlier'; earlier: Earlier }
  | { type: 'cutOff' }
  | { type: 'unreadBefore'; count: number }
  /** What the outbox holds has changed. */
  | { type: 'unsent'; pending: readonly Pending[]; contact: Contact | null }
  /** We told the server that the visitor has seen everything up to `seq`. */
  | { type: 'read'; seq: Seq };

/** Nothing of a conversation is here yet. */
const NO_MESSAGES = { messages: [], after: 0, have: 0, earlier: 'here' } as const;

export const INITIAL: State = {
  link: { state: 'idle' },
  everReady: false,
  cutOff: false,
  unreadBefore: 0,
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
        cutOff: state.cutOff && event.link.state !== 'ready',
        agentTyping: state.agentTyping && event.link.state === 'ready',
        // Who asked on the connection before is not answered on this one.
        earlier: state.earlier === 'asked' && event.link.state !== 'ready' ? 'here' : state.earlier,
      };
    case 'panel':
      return { ...state, panelOpen: event.open };
    case 'earlier':
      return { ...state, earlier: event.earlier };
    case 'cutOff':
      return state.cutOff ? state : { ...state, cutOff: true };
    case 'unreadBefore':
      return { ...state, unreadBefore: event.count };
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
      return welcomed({ ...state, onDuty: frame.on_duty, unreadBefore: 0 }, frame.conversation, frame.after);
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
    case 'rejected':
      // What is said of a message is the outbox's business.
      return state.earlier === 'asked' && frame.id === undefined ? { ...state, earlier: 'failed' } : state;
    default:
      // `pong` is the socket's business; a later server may say more.
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
  return joins ? there : { ...there, ...NO_MESSAGES, after, have: after };
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
    agentTyping: here.agentTyping && !isTheirs(message),
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
    earlier: 'here',
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

/** Most messages come last: what is before them is not looked at. */
function withMessage(state: State, message: Message): State {
  const { seq } = message;
  const rest = state.pending.filter((item) => item.id !== message.id);
  const pending = rest.length === state.pending.length ? state.pending : rest;
  // Comes with the page it is on.
  if (seq <= state.after) return { ...state, pending };
  let at = state.messages.length;
  while ((state.messages[at - 1]?.seq ?? 0) > seq) at--;
  if (state.messages[at - 1]?.seq === seq) return state;
  const messages = state.messages.slice();
  messages.splice(at, 0, message);
  let { have } = state;
  for (; messages[at]?.seq === have + 1; at++) have++;
  return { ...state, messages, have, pending };
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

/** Whether it is in line or in a seat: somebody is, or will be, with the visitor. */
export function isServed({ conversation }: State): boolean {
  return conversation?.place.state === 'waiting' || conversation?.place.state === 'seated';
}

/** Whether what is written now opens a conversation by form, since there can be no other. */
export function isByForm(state: State): boolean {
  return state.cutOff && !isOpen(state);
}

/** Whether anybody has said anything yet. */
export function hasTexts(state: State): boolean {
  return state.after > 0 || state.pending.length > 0 || state.messages.some(({ body }) => body.kind !== 'notice');
}

/** The last message that is known of. */
export function lastKnown(state: State): Seq {
  return Math.max(state.messages[state.messages.length - 1]?.seq ?? 0, state.conversation?.last_seq ?? 0);
}

/** Whether the server has more than we do. */
export function isBehind(state: State): boolean {
  return lastKnown(state) > state.have;
}

/** Whether somebody says it to the visitor, who may be of a kind that only a later server knows. */
export function isTheirs({ from, body }: Message): boolean {
  return from.role !== 'guest' && body.kind !== 'notice';
}

/** Their name; `null` for the visitor. */
export function speakerOf({ from }: Message): string | null {
  if (from.role === 'guest') return null;
  return 'name' in from ? from.name : '';
}

/** What it says; `null` if only a later version of this script can show that. */
export function textOf({ body }: Message): string | null {
  return body.kind === 'text' ? body.text : null;
}

/** The messages after that `seq`, without going through all of those before. */
export function latest(messages: readonly Message[], after: Seq): readonly Message[] {
  let from = messages.length;
  while ((messages[from - 1]?.seq ?? 0) > after) from--;
  return messages.slice(from);
}

/** The agents' messages the visitor has not seen, as far as they are here. */
export function unread(state: State): number {
  return state.unreadBefore || latest(state.messages, state.conversation?.guest_read ?? 0).filter(isTheirs).length;
}

export type Mark = 'sent' | 'delivered' | 'seen';

/** How far one of the visitor's own stored messages has come. */
export function markOf(conversation: GuestConversation | null, seq: Seq): Mark {
  if (!conversation) return 'sent';
  if (seq <= conversation.agent_read) return 'seen';
  return seq <= conversation.agent_delivered ? 'delivered' : 'sent';
}
