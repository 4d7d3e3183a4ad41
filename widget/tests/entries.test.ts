import { expect, test } from 'vitest';
import type { GuestEvent, Notice } from '../src/protocol';
import { INITIAL, reduce, type State } from '../src/state';
import { entries, type TextEntry } from '../src/view/entries';
import { conversation, fromAgent, fromGuest, OTHER_TALK, SEATED, TALK, WAITING, welcome, type MessageEvent } from './build';

const AT = new Date(2026, 5, 1, 12).getTime();

function notice(seq: number, said: Notice): MessageEvent {
  const body = { kind: 'notice', ...said } as const;
  return { type: 'message', conversation: TALK, seq, id: null, from: { role: 'system' }, body, at: AT };
}

function after(...frames: GuestEvent[]): State {
  return frames.reduce((state, frame) => reduce(state, { type: 'frame', frame }), INITIAL);
}

const kinds = (state: State, now = AT): string[] => entries(state, now).map((entry) => entry.kind);
const texts = (state: State): TextEntry[] => entries(state, AT).filter((entry) => entry.kind === 'text');

test('messages by the same person within minutes stand together', () => {
  const minute = 60_000;
  const state = after(
    welcome(conversation()),
    { ...fromGuest(1, 'a'), at: AT },
    { ...fromGuest(2, 'b'), at: AT + minute },
    { ...fromGuest(3, 'c'), at: AT + 10 * minute },
    { ...fromAgent(4), at: AT + 11 * minute },
  );
  expect(texts(state).map(({ first, last }) => [first, last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test('a day is named where it begins, but not a conversation of today', () => {
  const today = after(welcome(conversation()), { ...fromAgent(1), at: AT });
  expect(kinds(today)).toEqual(['text']);
  const tomorrow = AT + 86_400_000;
  const both = reduce(today, { type: 'frame', frame: { ...fromAgent(2), at: tomorrow } });
  expect(kinds(both, tomorrow)).toEqual(['day', 'text', 'day', 'text']);
});

test('where one is, is said in a place of its own and not again in the talk, until it is history', () => {
  const waiting = after(welcome(conversation({ place: WAITING })), notice(1, { notice: 'waiting', reason: 'arrived' }));
  expect(kinds(waiting)).toEqual([]);
  const seated = [{ type: 'conversation', ...conversation({ place: SEATED }) } as const, notice(2, { notice: 'seated', agent: 'Mei' })];
  const state = seated.reduce((now, frame) => reduce(now, { type: 'frame', frame }), waiting);
  expect(kinds(state)).toEqual(['notice']);
  const spoken = { ...fromAgent(3), at: AT };
  expect(kinds(reduce(state, { type: 'frame', frame: spoken }))).toEqual(['notice', 'notice', 'text']);
});

test('an agent is named when somebody else spoke before', () => {
  const lee = { ...fromAgent(3), from: { role: 'agent', id: 2, name: 'Lee' } } as const;
  const state = after(welcome(conversation()), fromAgent(1), fromGuest(2, 'a'), lee, fromGuest(4, 'b'), {
    ...lee,
    seq: 5,
    id: 'again',
  });
  expect(texts(state).map(({ agent, named }) => (named ? agent : null))).toEqual(['Mei', null, 'Lee', null, null]);
});

test('notices of two conversations are not taken for each other', () => {
  const first = after(welcome(conversation()), notice(1, { notice: 'missed', reason: 'line_full' }));
  const next = { ...notice(1, { notice: 'seated', agent: 'Mei' }), conversation: OTHER_TALK };
  const second = after(welcome(conversation({ id: OTHER_TALK })), next);
  expect(entries(first, AT)[0]?.key).not.toBe(entries(second, AT)[0]?.key);
});

test('what is not acknowledged stands last, and keeps its key when it is', () => {
  let state = after(welcome(conversation()), { ...fromAgent(1), at: AT });
  state = reduce(state, { type: 'unsent', pending: [{ id: 'a', text: 'hi', at: AT }], contact: null });
  expect(texts(state)[1]).toMatchObject({ key: 'a', mark: 'sending' });
  state = reduce(state, { type: 'frame', frame: { ...fromGuest(2, 'a'), at: AT } });
  expect(texts(state)[1]).toMatchObject({ key: 'a', mark: 'sent' });
});

test('what a later server says stands as whose it is, without words of its own', () => {
  const robot = { ...fromAgent(1), from: { role: 'robot', name: 'R2' }, body: { kind: 'picture', file: 'a.png' } };
  const system = { ...fromAgent(2), from: { role: 'system' }, body: { kind: 'text', text: 'Note' } };
  const state = after(welcome(conversation()), ...([robot, system] as unknown as GuestEvent[]));
  expect(texts(state).map(({ agent, text }) => [agent, text])).toEqual([
    ['R2', null],
    ['', 'Note'],
  ]);
});

test('only the end of a long list is worked out', () => {
  const state = after(welcome(conversation()), fromAgent(1), fromGuest(2, 'a'), fromAgent(3));
  expect(entries(state, AT, 2).filter((entry) => entry.kind === 'text').map(({ key }) => key)).toEqual(['agent-3']);
});
