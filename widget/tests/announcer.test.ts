import { expect, test } from 'vitest';
import type { GuestEvent, GuestPlace } from '../src/protocol';
import { INITIAL, reduce, type State } from '../src/state';
import { LANGUAGES } from '../src/texts';
import { news } from '../src/view/announcer';
import { conversation, fromAgent, fromGuest, SEATED, TALK, waiting, welcome } from './build';

const { en } = LANGUAGES;

function next(state: State, frame: GuestEvent): State {
  return reduce(state, { type: 'frame', frame });
}

/** What is said when that comes on top of a conversation in `place`. */
function said(place: GuestPlace, ...frames: GuestEvent[]): string[] {
  const before = next(INITIAL, welcome(conversation({ place })));
  return news(en, before, frames.reduce(next, before));
}

const moved = (place: GuestPlace): GuestEvent => ({ type: 'conversation', ...conversation({ place }) });

test('the agent’s messages are said once, one’s own not at all', () => {
  const before = next(INITIAL, welcome(conversation()));
  const after = [fromAgent(1, 'Hello'), fromGuest(2, 'a'), fromAgent(3, 'Well?')].reduce<State>(next, before);
  expect(news(en, before, after)).toEqual(['Mei: Hello', 'Mei: Well?']);
  expect(news(en, after, next(after, fromAgent(4, 'Bye')))).toEqual(['Mei: Bye']);
});

test('what was read before the page was loaded is not said again', () => {
  const before = next(INITIAL, welcome(conversation({ last_seq: 2, guest_read: 1 })));
  expect(news(en, before, [fromAgent(1), fromAgent(2)].reduce<State>(next, before))).toEqual(['Mei: agent 2']);
});

test('where the visitor stands is said when it changes', () => {
  expect(said(waiting({ ahead: 2 }), moved(waiting({ ahead: 1 })))).toEqual([en.ahead(1)]);
  expect(said(waiting(), moved(SEATED))).toEqual([en.seated('Mei')]);
  expect(said(SEATED, moved({ state: 'seated', agent: 'Mei', agent_here: false }))).toEqual([en.agentAway('Mei')]);
  expect(said(SEATED, moved({ state: 'closed', by: 'agent' }))).toEqual([en.closedBy.agent]);
  expect(said(SEATED, moved(waiting({ ahead: 0, reason: 'agent_lost' })))).toEqual([
    en.ahead(0),
    `${en.waitReason.agent_lost} ${en.first}`,
  ]);
});

test('why a colleague took over is said with who it is', () => {
  const lee = moved({ state: 'seated', agent: 'Lee', agent_here: true });
  const body = { kind: 'notice', notice: 'seated', agent: 'Lee', after: 'agent_lost' } as const;
  const notice: GuestEvent = { ...fromAgent(1), id: null, from: { role: 'system' }, body };
  expect(said(SEATED, lee, notice)).toEqual([en.waitReason.agent_lost, en.seated('Lee')]);
});

test('far down the line not every step is told, and no change of the estimate', () => {
  expect(said(waiting({ ahead: 40 }), moved(waiting({ ahead: 39 })))).toEqual([]);
  expect(said(waiting({ estimate_s: 60 }), moved(waiting({ estimate_s: 600 })))).toEqual([]);
});

test('a message that failed is told once', () => {
  const before = next(INITIAL, welcome(conversation()));
  const pending = [{ id: 'a', text: 'hi', at: 1 }];
  const sending = reduce(before, { type: 'unsent', pending, contact: null });
  const failed = reduce(sending, { type: 'unsent', pending: pending.map((item) => ({ ...item, failed: 'id_reused' as const })), contact: null });
  expect(news(en, sending, failed)).toEqual([en.failed('id_reused')]);
  const again = reduce(failed, { type: 'unsent', pending: [...failed.pending], contact: null });
  expect(news(en, failed, again)).toEqual([]);
});

test('earlier messages are not said when they are loaded', () => {
  const before = [fromAgent(51)].reduce<State>(next, next(INITIAL, welcome(conversation({ last_seq: 51 }), true, 50)));
  const { type: _, ...message } = fromAgent(50);
  const page: GuestEvent = { type: 'earlier', conversation: TALK, before: 51, messages: [message], more: true };
  expect(news(en, before, next(before, page))).toEqual([]);
});

test('reasons that only a later server knows are said in a neutral sentence', () => {
  const later = (place: object): string[] => said(SEATED, moved(place as GuestPlace));
  expect(later({ state: 'missed', reason: 'flooded', resumes_at: null })).toEqual([en.missedOther]);
  expect(later({ state: 'closed', by: 'robot' })).toEqual([en.over]);
  expect(later({ ...waiting({ ahead: 1 }), reason: 'promoted' })).toEqual([en.ahead(1), en.first]);
  expect(later({ state: 'parked' })).toEqual([]);
});
