import { describe, expect, test } from 'vitest';
import type { GuestEvent } from '../src/protocol';
import { INITIAL, isBehind, markOf, reduce, unread, type State } from '../src/state';
import {
  ack,
  CLOSED,
  conversation,
  fromAgent,
  fromGuest,
  type MessageEvent,
  OTHER_TALK,
  TALK,
  WAITING,
  welcome,
} from './build';

function after(...frames: GuestEvent[]): State {
  return frames.reduce((state, frame) => reduce(state, { type: 'frame', frame }), INITIAL);
}

function writing(state: State, id: string, text: string): State {
  return reduce(state, { type: 'unsent', pending: [{ id, text, at: 1 }], contact: null });
}

const seqs = (state: State): number[] => state.messages.map((message) => message.seq);

describe('messages', () => {
  test('are kept in order and once, however they arrive', () => {
    const state = after(welcome(conversation()), fromAgent(1), fromAgent(3), fromAgent(2), fromAgent(3), fromAgent(1));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.have).toBe(3);
  });

  test('a gap is known until it is filled', () => {
    const gap = after(welcome(conversation()), fromAgent(1), fromAgent(3));
    expect([gap.have, isBehind(gap)]).toEqual([1, true]);
    expect(isBehind(reduce(gap, { type: 'frame', frame: fromAgent(2) }))).toBe(false);
  });

  test('history that is still to come counts as a gap', () => {
    expect(isBehind(after(welcome(conversation({ last_seq: 2 })), fromAgent(1)))).toBe(true);
  });

  test('stay through a reconnect to the same conversation, and go with another one', () => {
    const state = after(welcome(conversation()), fromAgent(1));
    expect(seqs(reduce(state, { type: 'frame', frame: welcome(conversation({ last_seq: 1 })) }))).toEqual([1]);
    const other = reduce(state, { type: 'frame', frame: welcome(conversation({ id: OTHER_TALK })) });
    expect([other.messages, other.have, other.talk]).toEqual([[], 0, OTHER_TALK]);
  });

  test('are asked for anew from a server that knows fewer than we do', () => {
    const state = after(welcome(conversation()), fromAgent(1), fromAgent(2), welcome(conversation({ last_seq: 1 })));
    expect([seqs(state), state.have, isBehind(state)]).toEqual([[], 0, true]);
  });

  test('begin with the last page of a long conversation', () => {
    const state = after(welcome(conversation({ last_seq: 152 }), true, 150), fromAgent(151));
    expect([seqs(state), state.after, state.have, isBehind(state)]).toEqual([[151], 150, 151, true]);
  });

  test('begin anew where a welcome leaves some out', () => {
    const state = after(welcome(conversation()), fromAgent(1), welcome(conversation({ last_seq: 301 }), true, 251));
    expect([seqs(state), state.after, state.have, isBehind(state)]).toEqual([[], 251, 251, true]);
  });

  test('of before come in front, once, and only if they join', () => {
    const page = (before: number, ...messages: MessageEvent[]): GuestEvent => ({
      type: 'earlier',
      conversation: TALK,
      before,
      messages: messages.map(({ type: _, ...message }) => message),
      more: (messages[0]?.seq ?? 1) > 1,
    });
    const last = after(welcome(conversation({ last_seq: 4 }), true, 3), fromAgent(4));
    const more = [page(4, fromAgent(2), fromAgent(3)), page(4, fromAgent(2), fromAgent(3))].reduce(
      (state, frame) => reduce(state, { type: 'frame', frame }),
      last,
    );
    expect([seqs(more), more.after, more.have]).toEqual([[2, 3, 4], 1, 4]);
    const all = reduce(more, { type: 'frame', frame: page(2, fromAgent(1)) });
    expect([seqs(all), all.after]).toEqual([[1, 2, 3, 4], 0]);
  });

  test('of before what is here leave no hole when they are acknowledged again', () => {
    const state = writing(after(welcome(conversation({ last_seq: 151 }), true, 150), fromAgent(151)), 'a', 'hi');
    const acknowledged = reduce(state, { type: 'frame', frame: ack('a', 3) });
    expect([seqs(acknowledged), acknowledged.pending]).toEqual([[151], []]);
  });

  test('of an older conversation are passed over while one is open', () => {
    const stray = { ...fromAgent(1), conversation: OTHER_TALK };
    expect(after(welcome(conversation()), stray).messages).toEqual([]);
  });
});

describe('own messages', () => {
  test('become stored ones on acknowledgement', () => {
    const state = reduce(writing(after(welcome(conversation())), 'a', 'hi'), { type: 'frame', frame: ack('a', 1) });
    expect(state.pending).toEqual([]);
    expect(state.messages).toMatchObject([{ id: 'a', seq: 1, body: { kind: 'text', text: 'hi' } }]);
  });

  test('shown by the server before the acknowledgement are not doubled', () => {
    let state = writing(after(welcome(conversation())), 'a', 'hi');
    for (const frame of [fromGuest(1, 'a', 'hi'), ack('a', 1)]) state = reduce(state, { type: 'frame', frame });
    expect([seqs(state), state.pending]).toEqual([[1], []]);
  });

  test('may open the next conversation, whose messages they begin', () => {
    const over = after(welcome(conversation({ place: CLOSED })), fromAgent(1));
    const state = reduce(writing(over, 'a', 'again'), { type: 'frame', frame: ack('a', 1, OTHER_TALK) });
    expect([state.talk, seqs(state), state.conversation]).toEqual([OTHER_TALK, [1], null]);
  });

  test('go from sent to delivered to seen', () => {
    const talk = conversation({ agent_delivered: 2, agent_read: 1 });
    expect([1, 2, 3].map((seq) => markOf(talk, seq))).toEqual(['seen', 'delivered', 'sent']);
  });
});

describe('marks', () => {
  test('only go forward', () => {
    const state = after(
      welcome(conversation({ agent_read: 3 })),
      { type: 'read', conversation: TALK, seq: 5 },
      { type: 'read', conversation: TALK, seq: 4 },
      { type: 'delivered', conversation: TALK, seq: 6 },
    );
    expect(state.conversation).toMatchObject({ agent_read: 5, agent_delivered: 6 });
  });

  test('our own reading survives a conversation frame that was sent before it', () => {
    let state = after(welcome(conversation()), fromAgent(1));
    expect(unread(state)).toBe(1);
    state = reduce(state, { type: 'read', seq: 1 });
    state = reduce(state, { type: 'frame', frame: { type: 'conversation', ...conversation({ last_seq: 1 }) } });
    expect(unread(state)).toBe(0);
  });

  test('of another conversation are not ours', () => {
    const state = after(welcome(conversation()), { type: 'read', conversation: OTHER_TALK, seq: 5 });
    expect(state.conversation?.agent_read).toBe(0);
  });
});

describe('typing', () => {
  const typing: GuestEvent = { type: 'typing', active: true };

  test('ends with the message, with the seat and with the connection', () => {
    const state = after(welcome(conversation()), typing);
    expect(state.agentTyping).toBe(true);
    expect(reduce(state, { type: 'frame', frame: fromAgent(1) }).agentTyping).toBe(false);
    const waiting: GuestEvent = { type: 'conversation', ...conversation({ place: WAITING }) };
    expect(reduce(state, { type: 'frame', frame: waiting }).agentTyping).toBe(false);
    expect(reduce(state, { type: 'link', link: { state: 'lost', tries: 1, why: null } }).agentTyping).toBe(false);
  });
});

test('a frame from a later version of the protocol changes nothing', () => {
  const state = after(welcome(conversation()));
  expect(reduce(state, { type: 'frame', frame: { type: 'fireworks' } as unknown as GuestEvent })).toBe(state);
});
