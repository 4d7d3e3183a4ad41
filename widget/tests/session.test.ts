import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Keep } from '../src/keep';
import type { GuestEvent } from '../src/protocol';
import { unread } from '../src/state';
import { Store } from '../src/store';
import { ack, CLOSED, conversation, fromAgent, OTHER_TALK, TALK, WAITING, welcome } from './build';
import { FakeWebSocket } from './fake-socket';
import { answered, begin, end, marksDue, page, server, world } from './page';

beforeEach(begin);
afterEach(end);

describe('connects', () => {
  test('not before the visitor opens the panel', () => {
    const session = page();
    expect(FakeWebSocket.all).toHaveLength(0);
    session.openPanel();
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  test('on the next page while a conversation is open, and has nothing of it yet', () => {
    page().openPanel();
    answered().says({ type: 'conversation', ...conversation({ place: WAITING }) });
    page();
    expect(FakeWebSocket.all).toHaveLength(2);
    const [hello] = answered(welcome(conversation())).sentOf('hello');
    expect(hello).toMatchObject({ token: 'token' });
    expect(hello).not.toHaveProperty('resume');
  });

  test('not on the next page when the conversation is over and read', () => {
    page().openPanel();
    answered(welcome(conversation({ place: CLOSED })));
    page().closePanel();
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  test('no longer for a conversation the server does not know', () => {
    page().openPanel();
    answered(welcome(conversation()));
    const next = page();
    next.closePanel();
    const ws = answered(welcome(null));
    expect([ws.closed, next.state.link.state]).toEqual([true, 'idle']);
  });

  test('when another tab has begun a conversation', () => {
    const other = page();
    page().openPanel();
    answered(welcome(conversation()));
    other.storeChanged();
    expect(FakeWebSocket.all).toHaveLength(2);
  });
});

describe('once it is over', () => {
  test('no page opens a socket, and what was not seen is told without one', () => {
    const first = page();
    first.openPanel();
    const ws = answered(welcome(conversation()));
    first.closePanel();
    ws.says(fromAgent(1));
    ws.says({ type: 'conversation', ...conversation({ place: CLOSED, last_seq: 2 }) });
    expect([ws.closed, ws.sentOf('delivered')]).toEqual([true, [{ type: 'delivered', seq: 1 }]]);
    const next = page();
    expect([FakeWebSocket.all.length, unread(next.state)]).toEqual([1, 1]);
    next.openPanel();
    answered(welcome(conversation({ place: CLOSED, last_seq: 2, guest_read: 1 })));
    expect(unread(next.state)).toBe(0);
  });

  test('no page is told of, until the next one begins', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    const goes = (to: string): void => {
      world.url = to;
      session.pageChanged();
    };
    goes('/seen');
    ws.says({ type: 'conversation', ...conversation({ place: CLOSED }) });
    goes('/diary');
    goes('/gifts');
    const told = (): string[] => ws.sentOf('page').map((frame) => frame.url);
    expect(told()).toEqual(['/seen']);
    session.startNew();
    expect(told()).toEqual(['/seen', '/gifts']);
    expect(ws.sent.map((frame) => frame.type).slice(-2)).toEqual(['page', 'start']);
  });
});

describe('first contact', () => {
  test('a tab that is welcomed as somebody else, while another was made the guest, is that guest', () => {
    const session = page();
    session.openPanel();
    server().open();
    new Store('key', new Keep(() => world.storage)).change({ token: 'theirs', guest: 'them' });
    server().says(welcome());
    expect(FakeWebSocket.all).toHaveLength(2);
    server().open();
    expect(server().sentOf('hello')[0]).toMatchObject({ token: 'theirs' });
    const { guest: _, ...rest } = welcome() as Extract<GuestEvent, { type: 'welcome' }>;
    server().says({ ...rest, guest: 'them' });
    expect(session.state.link).toEqual({ state: 'ready' });
  });

  test('a token that is no good is replaced by the new guest’s', () => {
    new Store('key', new Keep(() => world.storage)).change({ token: 'old', guest: 'once' });
    const session = page();
    session.openPanel();
    answered();
    expect(session.state.link).toEqual({ state: 'ready' });
    expect(new Store('key', new Keep(() => world.storage)).read()).toMatchObject({ token: 'token', guest: '0198c0de-0000-7000-8000-00000000000a' });
  });
});

describe('starts', () => {
  test('a conversation when the panel is opened and there is none', () => {
    page().openPanel();
    expect(answered().sentOf('start')).toHaveLength(1);
  });

  test('none by itself where the last is over, but when asked', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation({ place: CLOSED })));
    expect(ws.sentOf('start')).toHaveLength(0);
    session.startNew();
    expect(ws.sentOf('start')).toHaveLength(1);
  });

  test('none on a page where the panel only came back open', () => {
    page().openPanel();
    answered(welcome(conversation()));
    expect(page().state.panelOpen).toBe(true);
    expect(answered(welcome(null)).sentOf('start')).toHaveLength(0);
  });
});

describe('what is written', () => {
  test('offline is sent after the reconnect, once', () => {
    const session = page();
    session.openPanel();
    answered(welcome(conversation())).ends(1006);
    session.say('hello');
    vi.advanceTimersByTime(0);
    const ws = answered(welcome(conversation()));
    const [sent] = ws.sentOf('send');
    expect(sent?.text).toBe('hello');
    ws.says(ack(sent?.id ?? '', 1));
    expect(session.state.pending).toEqual([]);
    ws.ends(1006);
    vi.advanceTimersByTime(0);
    expect(answered(welcome(conversation({ last_seq: 1 }))).sentOf('send')).toEqual([]);
  });

  test('is sent by the next page with the same id', () => {
    const session = page();
    session.openPanel();
    session.say('hello');
    const [first] = answered(welcome(conversation())).sentOf('send');
    page();
    expect(answered(welcome(conversation())).sentOf('send')).toEqual([first]);
  });

  test('and was stored in an earlier conversation is done with, and leaves this one as it is', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    ws.says(fromAgent(1));
    session.say('resent');
    ws.says(ack(ws.sentOf('send')[0]?.id ?? '', 9, OTHER_TALK));
    const { pending, talk, messages } = session.state;
    expect([pending, talk, messages.length]).toEqual([[], TALK, 1]);
  });

  test('and refused is shown as failed', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    session.say('hello');
    ws.says({ type: 'rejected', code: 'too_long', id: ws.sentOf('send')[0]?.id ?? '' });
    expect(session.state.pending).toMatchObject([{ text: 'hello', failed: 'too_long' }]);
  });

  test('a way to be reached goes after the message, again after a loss, until it is confirmed', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    session.say('call me');
    session.leaveContact(' Anna ', ' anna@example.org ');
    expect(ws.sent.map((frame) => frame.type)).toEqual(['hello', 'send', 'contact']);
    ws.ends(1006);
    vi.advanceTimersByTime(0);
    const again = answered(welcome(conversation()));
    expect(again.sentOf('contact')).toEqual([{ type: 'contact', name: 'Anna', contact: 'anna@example.org' }]);
    again.says({ type: 'conversation', ...conversation({ contact_left: true }) });
    expect(session.state.contact).toEqual({ name: 'Anna', contact: 'anna@example.org', told: true });
    again.ends(1006);
    vi.advanceTimersByTime(0);
    expect(answered(welcome(conversation({ contact_left: true }))).sentOf('contact')).toEqual([]);
  });
});

test('a way to be reached that no conversation will confirm keeps no connection', () => {
  const session = page();
  session.openPanel();
  const ws = answered(welcome(conversation({ place: CLOSED })));
  session.leaveContact('', '555 0100');
  session.closePanel();
  expect(ws.sentOf('contact')).toHaveLength(1);
  expect(ws.closed).toBe(true);
});

test('a page that goes away closes its socket, and is there again when it is back', () => {
  const session = page();
  session.openPanel();
  const ws = answered(welcome(conversation()));
  session.sleep();
  expect([ws.closed, session.state.link.state]).toEqual([true, 'idle']);
  vi.advanceTimersByTime(60_000);
  expect(FakeWebSocket.all).toHaveLength(1);
  session.wake();
  expect(FakeWebSocket.all.length).toBeGreaterThan(1);
  expect(session.state.link.state).toBe('connecting');
});

test('whoever does not want to wait connects at once', () => {
  const session = page();
  session.openPanel();
  answered(welcome(conversation())).ends(1006);
  server().ends(1006);
  const before = FakeWebSocket.all.length;
  session.reconnect();
  expect(FakeWebSocket.all).toHaveLength(before + 1);
});

test('somebody coming on duty is heard of', () => {
  const session = page();
  session.openPanel();
  const ws = answered(welcome(conversation({ place: { state: 'missed', reason: 'nobody_on_duty', resumes_at: null } }), false));
  expect(session.state.onDuty).toBe(false);
  ws.says({ type: 'duty', on_duty: true });
  expect(session.state.onDuty).toBe(true);
});

describe('resume', () => {
  test('names the last message without a gap before it', () => {
    page().openPanel();
    const ws = answered(welcome(conversation()));
    for (const seq of [1, 2, 4]) ws.says(fromAgent(seq));
    ws.ends(1006);
    vi.advanceTimersByTime(0);
    const [hello] = answered(welcome(conversation({ last_seq: 4 }))).sentOf('hello');
    expect(hello?.resume).toEqual({ conversation: TALK, last_seq: 2 });
  });

  test('a gap that does not close by itself is closed by connecting anew', () => {
    page().openPanel();
    const ws = answered(welcome(conversation()));
    ws.says(fromAgent(2));
    vi.advanceTimersByTime(2_000);
    expect([ws.closed, FakeWebSocket.all.length]).toEqual([true, 2]);
  });

  test('a gap that closes by itself is nothing', () => {
    page().openPanel();
    const ws = answered(welcome(conversation()));
    ws.says(fromAgent(2));
    vi.advanceTimersByTime(1_900);
    ws.says(fromAgent(1));
    vi.advanceTimersByTime(5_000);
    expect(ws.closed).toBe(false);
  });

  test('a gap that stays is world.asked about ever more rarely', () => {
    page().openPanel();
    answered(welcome(conversation({ last_seq: 9 })));
    for (const [index, wait] of [2_000, 4_000, 8_000].entries()) {
      vi.advanceTimersByTime(wait - 1);
      expect(FakeWebSocket.all).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      answered(welcome(conversation({ last_seq: 9 })));
    }
  });

  test('another conversation, begun in another tab, takes over', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation({ place: CLOSED })));
    ws.says(fromAgent(1));
    ws.says({ type: 'conversation', ...conversation({ id: OTHER_TALK }) });
    expect([session.state.talk, session.state.messages]).toEqual([OTHER_TALK, []]);
  });
});

describe('marks', () => {
  test('one for a run of messages', () => {
    page().openPanel();
    const ws = answered(welcome(conversation()));
    for (const seq of [1, 2, 3]) ws.says(fromAgent(seq));
    marksDue();
    expect(ws.sentOf('delivered')).toEqual([{ type: 'delivered', seq: 3 }]);
    expect(ws.sentOf('read')).toEqual([{ type: 'read', seq: 3 }]);
  });

  test('not read in a closed panel or on a page out of sight', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    world.visible = false;
    ws.says(fromAgent(1));
    marksDue();
    session.closePanel();
    world.visible = true;
    session.wake();
    marksDue();
    expect([ws.sentOf('delivered').length, ws.sentOf('read').length]).toEqual([1, 0]);
    session.openPanel();
    marksDue();
    expect(ws.sentOf('read')).toEqual([{ type: 'read', seq: 1 }]);
  });

  test('said again on a new connection, since the last may not have arrived', () => {
    page().openPanel();
    const ws = answered(welcome(conversation()));
    ws.says(fromAgent(1));
    marksDue();
    ws.ends(1006);
    vi.advanceTimersByTime(0);
    answered(welcome(conversation({ last_seq: 1 })));
    marksDue();
    expect(server().sentOf('delivered')).toEqual([{ type: 'delivered', seq: 1 }]);
  });
});

describe('typing', () => {
  test('tells at most once a second, and at once when it stops', () => {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation()));
    const told = (): string[] => ws.sentOf('typing').map((frame) => frame.text);
    for (const text of ['h', 'he', 'hel']) session.typing(text);
    expect(told()).toEqual(['h']);
    vi.advanceTimersByTime(1_000);
    expect(told()).toEqual(['h', 'hel']);
    vi.advanceTimersByTime(5_000);
    session.say('hello');
    expect(told()).toEqual(['h', 'hel', '']);
  });

  test('shows no more than the preview', () => {
    const session = page();
    session.openPanel();
    answered(welcome(conversation()));
    session.typing('𠮷'.repeat(600));
    expect(server().sentOf('typing')[0]?.text).toBe('𠮷'.repeat(500));
  });
});

test('a token the server does not want is not shown again', () => {
  const session = page();
  session.openPanel();
  answered(welcome(conversation())).ends(4401);
  expect(session.state.link).toEqual({ state: 'ended', why: 'unauthorized' });
  session.reconnect();
  server().open();
  expect(server().sentOf('hello')[0]).not.toHaveProperty('token');
});

describe('earlier messages', () => {
  const long = (): GuestEvent => welcome(conversation({ last_seq: 51 }), true, 50);
  const page50 = (): GuestEvent => ({ type: 'earlier', conversation: TALK, before: 51, messages: [], more: false });

  test('are world.asked for once, from where what is here begins', () => {
    const session = page();
    session.openPanel();
    answered(long()).says(fromAgent(51));
    session.earlier();
    session.earlier();
    expect(server().sentOf('earlier')).toEqual([{ type: 'earlier', conversation: TALK, before: 51 }]);
    expect(session.state.earlier).toBe('asked');
    server().says(page50());
    expect([session.state.earlier, session.state.after]).toEqual(['here', 0]);
    session.earlier();
    expect(server().sentOf('earlier')).toHaveLength(1);
  });

  test('that do not come, are refused or cannot be world.asked for are for the visitor to ask for again', () => {
    const session = page();
    session.openPanel();
    answered(long()).says(fromAgent(51));
    session.earlier();
    vi.advanceTimersByTime(10_000);
    expect(session.state.earlier).toBe('failed');
    session.earlier();
    server().says({ type: 'rejected', code: 'no_conversation', conversation: TALK });
    expect(session.state.earlier).toBe('failed');
    session.earlier();
    server().ends(1006);
    expect(session.state.earlier).toBe('here');
    session.earlier();
    expect(session.state.earlier).toBe('failed');
  });
});

test('whatever a later server says, nothing breaks', () => {
  const session = page();
  session.openPanel();
  answered(welcome(conversation()));
  const later = [
    { type: 'fireworks', colours: ['red'] },
    { type: 'conversation', ...conversation(), place: { state: 'parked', bay: 4 } },
    { ...fromAgent(1), from: { role: 'robot', name: 'R2' } },
    { ...fromAgent(2), body: { kind: 'picture', file: 'a.png' } },
    { type: 'message', conversation: TALK, seq: 3, id: null, from: { role: 'system' }, body: { kind: 'notice', notice: 'praised' }, at: 3 },
    { type: 'rejected', code: 'too_loud' },
    4,
    ['message'],
    null,
  ];
  for (const frame of later) server().says(frame as unknown as GuestEvent);
  server().says(fromAgent(4, 'Still here'));
  expect(session.state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect([unread(session.state), session.state.link.state]).toEqual([3, 'ready']);
});
