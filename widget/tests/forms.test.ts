// What a visitor leaves when nobody is there, where no socket gets through, and what is typed and not sent.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '../src/drafts';
import type { Answer } from '../src/http';
import { Keep } from '../src/keep';
import type { GuestEvent } from '../src/protocol';
import type { Session } from '../src/session';
import { Store } from '../src/store';
import { ack, conversation, TALK, welcome } from './build';
import { FakeWebSocket } from './fake-socket';
import { answered, begin, end, MISSED, page, server, world } from './page';

beforeEach(begin);
afterEach(end);

describe('missed', () => {
  function left(): void {
    const session = page();
    session.openPanel();
    const ws = answered(welcome(conversation({ place: MISSED, last_seq: 1 })));
    session.say('call me');
    ws.says(ack(ws.sentOf('send')[0]?.id ?? '', 2));
  }

  test('the next page asks whether there is an answer, and opens no socket if there is none', async () => {
    left();
    world.answers = async () => ({ status: 200, body: { news: false } });
    const next = page();
    await vi.advanceTimersByTimeAsync(0);
    expect(world.asked).toEqual([{ path: 'news', body: { token: 'token', conversation: TALK, last_seq: 2 } }]);
    expect([FakeWebSocket.all.length, next.state.panelOpen]).toEqual([1, false]);
  });

  test('the next page connects if there is one, and says nothing of pages until somebody is there', async () => {
    left();
    world.answers = async () => ({ status: 200, body: { news: true } });
    const next = page();
    await vi.advanceTimersByTimeAsync(0);
    const ws = answered(welcome(conversation({ place: MISSED, last_seq: 2 })));
    expect(ws.closed).toBe(false);
    world.url = '/diary';
    next.pageChanged();
    expect(ws.sentOf('page')).toEqual([]);
    ws.says({ type: 'conversation', ...conversation({ last_seq: 3 }) });
    expect(ws.sentOf('page').map((frame) => frame.url)).toEqual(['/diary']);
  });

  test('without an answer of the server it stays as it is', async () => {
    left();
    page();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeWebSocket.all).toHaveLength(1);
  });
});

describe('where no socket gets through', () => {
  const events = (...of: GuestEvent[]): Answer => ({ status: 200, body: { token: 'ours', guest: 'us', events: of } });
  const posted = (): object[] => world.asked.filter(({ path }) => path === 'message').map(({ body }) => body);

  test('messages go by form, one after the other, with the way to be reached', async () => {
    const session = page();
    session.openPanel();
    server().ends(1006);
    session.say('one');
    session.say('two');
    session.leaveContact('Anna', 'anna@example.org');
    let seq = 1;
    world.answers = async (_, body) => {
      const { token, id } = body as { token: string | null; id: string };
      if (token === null) return events();
      return events({ type: 'conversation', ...conversation({ place: MISSED, contact_left: true, last_seq: ++seq }) }, ack(id, seq));
    };
    session.cutOff();
    await vi.advanceTimersByTimeAsync(10);
    expect(posted()).toMatchObject([
      { token: null, text: 'one', contact: 'anna@example.org' },
      { token: 'ours', text: 'one', contact: 'anna@example.org', name: 'Anna' },
      { token: 'ours', text: 'two' },
    ]);
    expect(posted()[2]).not.toHaveProperty('contact');
    expect(session.state).toMatchObject({ pending: [], contact: { told: true }, conversation: { place: MISSED } });
  });

  test('a form that was lost is sent again, as the same message', async () => {
    const session = page();
    session.openPanel();
    server().ends(1006);
    world.answers = async (_, body) => ((body as { token: string | null }).token === null ? events() : { status: 0, body: null });
    session.cutOff();
    session.say('one');
    await vi.advanceTimersByTimeAsync(10_100);
    const ids = posted().map((body) => (body as { id: string }).id);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(1);
    expect(session.state.pending).toHaveLength(1);
  });

  test('an answer that cannot be read is world.asked for again', async () => {
    const session = page();
    session.openPanel();
    server().ends(1006);
    world.answers = async () => ({ status: 200, body: null });
    session.cutOff();
    session.say('one');
    await vi.advanceTimersByTimeAsync(10_100);
    expect(posted().length).toBe(2);
  });

  test('a form that is refused is not sent again and again', async () => {
    for (const status of [403, 404]) {
      world.asked = [];
      const session = page();
      session.openPanel();
      server().ends(1006);
      world.answers = async () => ({ status, body: null });
      session.cutOff();
      session.say('one');
      await vi.advanceTimersByTimeAsync(60_000);
      expect([posted().length, session.state.link]).toEqual([1, { state: 'ended', why: 'forbidden' }]);
      session.discard(session.state.pending[0]?.id ?? '');
    }
  });

  test('a form makes no other guest of a browser whose socket gets through meanwhile', async () => {
    const session = page();
    session.openPanel();
    server().ends(1006);
    let answer: (answer: Answer) => void = () => {};
    world.answers = () => new Promise((resolve) => (answer = resolve));
    session.cutOff();
    session.say('one');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(posted().length).toBe(1);
    answered();
    answer(events());
    await vi.advanceTimersByTimeAsync(10);
    expect(new Store('key', new Keep(() => world.storage)).read().token).toBe('token');
  });

  test('a socket that gets through after all takes over', async () => {
    const session = page();
    session.openPanel();
    server().ends(1006);
    session.cutOff();
    vi.advanceTimersByTime(0);
    const ws = answered(welcome(conversation()));
    session.say('hello');
    await vi.advanceTimersByTimeAsync(10);
    expect([posted().length, ws.sentOf('send').length, session.state.cutOff]).toEqual([0, 1, false]);
  });
});

describe('drafts', () => {
  const typed = (text: string): Draft => ({ text, contact: '', name: '' });
  let shown: Draft;
  const looked = (session: Session): Session => {
    session.drafts.shownBy((draft) => (shown = draft));
    return session;
  };

  test('in the form outlive the missed conversation in which nothing was said', () => {
    const session = looked(page());
    session.openPanel();
    answered(welcome(conversation({ place: MISSED })));
    session.drafts.changed(typed('Half a'));
    session.sleep();
    const next = page();
    next.openPanel();
    answered(welcome(null));
    looked(next);
    expect(shown.text).toBe('Half a');
  });

  test('are not emptied under the visitor’s eyes when that conversation is gone', () => {
    const session = page();
    session.openPanel();
    answered(welcome(conversation({ place: MISSED })));
    session.drafts.changed(typed('Half a'));
    session.sleep();
    const next = page();
    next.openPanel();
    answered(welcome(conversation({ place: MISSED })));
    looked(next);
    server().ends(1006);
    next.reconnect();
    answered(welcome(null));
    expect(shown.text).toBe('Half a');
  });

  test('of a page that comes back are those of the page after it', () => {
    const first = looked(page());
    first.drafts.changed(typed('abc'));
    first.sleep();
    const second = page();
    second.drafts.shownBy(() => {});
    second.drafts.changed(typed('abcdef'));
    second.sleep();
    first.wake();
    expect(shown.text).toBe('abcdef');
    first.sleep();
    looked(page());
    expect(shown.text).toBe('abcdef');
  });
});
