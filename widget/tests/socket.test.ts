import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CLOSE_CODES, HELLO_MS_MAX, type GuestEvent } from '../src/protocol';
import { BACKOFF_MS_MAX, BACKOFF_MS_SOON, CROWD_MS, PONG_MS_MAX, Socket, TRIES_SOON, type Link } from '../src/socket';
import { welcome } from './build';
import { FakeWebSocket, useFakeSocket } from './fake-socket';

let links: Link[];
let events: GuestEvent[];
let socket: Socket;
let random: number;
let admit: (go: () => void) => void;

beforeEach(() => {
  vi.useFakeTimers();
  useFakeSocket();
  links = [];
  events = [];
  random = 0.5;
  admit = (go) => go();
  socket = new Socket({
    url: 'wss://chat.example/ws/guest?site=key',
    admit: (go) => admit(go),
    hello: () => ({
      protocol: 1,
      page: { url: 'https://shop.example/', title: '\ud83d', referrer: '' },
      environment: { language: 'en', time_zone: 'UTC', screen_width: 1, screen_height: 1 },
    }),
    onEvent: (event) => events.push(event),
    onLink: (link) => links.push(link),
    random: () => random,
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function connected(): FakeWebSocket {
  socket.connect();
  FakeWebSocket.last.open();
  FakeWebSocket.last.says(welcome());
  return FakeWebSocket.last;
}

const lastLink = (): Link | undefined => links[links.length - 1];

test('says hello first, and nothing else before welcome', () => {
  socket.connect();
  const ws = FakeWebSocket.last;
  ws.open();
  expect(socket.send({ type: 'start' })).toBe(false);
  ws.says(welcome());
  expect(socket.send({ type: 'start' })).toBe(true);
  expect(ws.sent.map((frame) => frame.type)).toEqual(['hello', 'start']);
  expect(links).toEqual([{ state: 'connecting' }, { state: 'ready' }]);
});

test('sends no lone surrogates', () => {
  const [hello] = connected().sentOf('hello');
  expect(hello?.page.title).toBe('\ufffd');
});

test('makes one connection, however often it is asked', () => {
  socket.connect();
  socket.connect();
  expect(FakeWebSocket.all).toHaveLength(1);
});

test('passes over what is no frame', () => {
  const ws = connected();
  ws.onmessage?.({ data: '{' });
  ws.onmessage?.({ data: new ArrayBuffer(1) });
  expect(events.map((event) => event.type)).toEqual(['welcome']);
});

describe('admission', () => {
  let goes: (() => void)[];
  beforeEach(() => {
    goes = [];
    admit = (go) => void goes.push(go);
  });

  test('is waited for, once', () => {
    socket.connect();
    socket.connect();
    expect([goes.length, FakeWebSocket.all.length, lastLink()]).toEqual([1, 0, { state: 'connecting' }]);
    goes[0]?.();
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  test('that comes too late is not made use of', () => {
    socket.connect();
    socket.disconnect();
    socket.connect();
    goes[0]?.();
    expect(FakeWebSocket.all).toHaveLength(0);
    goes[1]?.();
    expect(FakeWebSocket.all).toHaveLength(1);
  });
});

describe('whether anything gets through', () => {
  test('is doubted only of what is tried', () => {
    expect(socket.through).toBe(true);
    socket.connect();
    expect(socket.through).toBe(false);
    FakeWebSocket.last.open();
    expect(socket.through).toBe(true);
  });

  test('not if it opens and nothing follows', () => {
    socket.connect();
    FakeWebSocket.last.open();
    vi.advanceTimersByTime(HELLO_MS_MAX);
    expect(socket.through).toBe(false);
    socket.reconnect();
    FakeWebSocket.last.open();
    expect(socket.through).toBe(false);
    FakeWebSocket.last.says(welcome());
    expect(socket.through).toBe(true);
  });

  test('if the server closes it with a word, or carried on for a while', () => {
    socket.connect();
    FakeWebSocket.last.open();
    FakeWebSocket.last.ends(4420);
    expect(socket.through).toBe(true);
    socket.reconnect();
    FakeWebSocket.last.open();
    FakeWebSocket.last.says(welcome());
    FakeWebSocket.last.ends(1006);
    expect(socket.through).toBe(true);
  });
});

describe('heartbeat', () => {
  test('pings as often as the server asks for, and stays while it is answered', () => {
    const ws = connected();
    for (let beat = 1; beat <= 3; beat++) {
      vi.advanceTimersByTime(25_000);
      expect(ws.sentOf('ping')).toHaveLength(beat);
      ws.says({ type: 'pong' });
    }
    expect(lastLink()).toEqual({ state: 'ready' });
    expect(events.map((event) => event.type)).toEqual(['welcome']);
  });

  test('takes a peer that answers nothing for lost', () => {
    const ws = connected();
    vi.advanceTimersByTime(25_000 + PONG_MS_MAX);
    expect(ws.closed).toBe(true);
    expect(lastLink()).toEqual({ state: 'lost', tries: 1, why: null });
  });

  test('any frame is a sign of life', () => {
    const ws = connected();
    vi.advanceTimersByTime(25_000 + PONG_MS_MAX - 1);
    ws.says({ type: 'typing', active: true });
    vi.advanceTimersByTime(2);
    expect(lastLink()).toEqual({ state: 'ready' });
  });

  test('a server that never says welcome is given up', () => {
    socket.connect();
    FakeWebSocket.last.open();
    vi.advanceTimersByTime(HELLO_MS_MAX);
    expect(lastLink()).toEqual({ state: 'lost', tries: 1, why: null });
  });
});

describe('after a close', () => {
  test.each(Object.entries(CLOSE_CODES))('%s %o', (code, { name, retry }) => {
    connected().ends(Number(code));
    const lost = { state: 'lost', tries: 1, why: name };
    expect(lastLink()).toEqual(retry ? lost : { state: 'ended', why: name });
    vi.advanceTimersByTime(2 * CROWD_MS);
    expect(FakeWebSocket.all.length > 1).toBe(retry);
  });

  test('waits twice as long each time, with full jitter: little for about a minute, then more', () => {
    socket.connect();
    random = 1;
    const soon = [500, 1_000, 2_000, 4_000, ...Array<number>(TRIES_SOON - 4).fill(BACKOFF_MS_SOON)];
    const waits = [...soon, BACKOFF_MS_MAX, BACKOFF_MS_MAX];
    const mean = soon.reduce((sum, wait) => sum + wait, 0) / 2;
    expect(Math.abs(mean - 60_000)).toBeLessThan(20_000);
    for (const [index, wait] of waits.entries()) {
      FakeWebSocket.last.ends(1006);
      vi.advanceTimersByTime(wait - 1);
      expect(FakeWebSocket.all).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(FakeWebSocket.all).toHaveLength(index + 2);
    }
    random = 0;
    FakeWebSocket.last.ends(1006);
    vi.advanceTimersByTime(0);
    expect(FakeWebSocket.all).toHaveLength(waits.length + 2);
  });

  test('leaves a server alone that has had too many new guests of the address', () => {
    random = 0;
    connected().ends(4420);
    vi.advanceTimersByTime(CROWD_MS - 1);
    expect(FakeWebSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  test('ends for good when it is known that trying is no use', () => {
    connected().ends(1006);
    socket.end('forbidden');
    vi.advanceTimersByTime(BACKOFF_MS_MAX);
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(lastLink()).toEqual({ state: 'ended', why: 'forbidden' });
  });

  test('a welcome makes the next wait short again', () => {
    socket.connect();
    for (let failed = 0; failed < 6; failed++) {
      FakeWebSocket.last.ends(1006);
      vi.advanceTimersByTime(BACKOFF_MS_MAX);
    }
    FakeWebSocket.last.open();
    FakeWebSocket.last.says(welcome());
    const before = FakeWebSocket.all.length;
    FakeWebSocket.last.ends(4503);
    vi.advanceTimersByTime(250);
    expect(FakeWebSocket.all).toHaveLength(before + 1);
  });

  test('a nudge does not wait', () => {
    connected().ends(1006);
    socket.nudge();
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  test('a disconnect ends the trying', () => {
    connected().ends(1006);
    socket.disconnect();
    vi.advanceTimersByTime(BACKOFF_MS_MAX);
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(lastLink()).toEqual({ state: 'idle' });
  });

  test('one that was for good can be asked to connect again', () => {
    connected().ends(4403);
    socket.connect();
    expect(FakeWebSocket.all).toHaveLength(2);
  });
});
