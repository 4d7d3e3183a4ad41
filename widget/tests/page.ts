// A page of the site with the chat's session, the browser it is in, and the server as a test plays it.

import { vi } from 'vitest';
import type { Answer } from '../src/http';
import { Keep } from '../src/keep';
import { Session } from '../src/session';
import { Store } from '../src/store';
import { welcome } from './build';
import { FakeWebSocket, fakeStorage, useFakeSocket } from './fake-socket';

export const MISSED = { state: 'missed', reason: 'nobody_on_duty', resumes_at: null } as const;

interface World {
  storage: Storage;
  visible: boolean;
  /** What was asked over HTTP, and what it answers. */
  asked: { path: string; body: object }[];
  answers: (path: string, body: object) => Promise<Answer>;
  url: string;
}

export const world = {} as World;

/** Before each test. */
export function begin(): void {
  vi.useFakeTimers();
  useFakeSocket();
  Object.assign(world, {
    storage: fakeStorage(),
    visible: true,
    asked: [],
    answers: async () => ({ status: 0, body: null }),
    url: 'https://shop.example/',
  });
}

/** After each test. */
export function end(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}

/** A page of the site, as just loaded. */
export function page(): Session {
  const session = new Session({
    socketUrl: 'ws://chat.example/ws/guest?site=key',
    store: new Store('key', new Keep(() => world.storage)),
    turn: { take: (go) => go(), end: () => {} },
    postTurn: { take: (go) => go(), end: () => {} },
    ask: (path, body) => {
      world.asked.push({ path, body });
      return world.answers(path, body);
    },
    page: () => ({ url: world.url, title: 'Shop', referrer: '' }),
    environment: () => ({ language: 'en', time_zone: 'UTC', screen_width: 1, screen_height: 1 }),
    visible: () => world.visible,
    now: () => 1_700_000_000_000,
    random: () => 0,
  });
  session.resume(true);
  return session;
}

export function answered(event = welcome()): FakeWebSocket {
  FakeWebSocket.last.open();
  FakeWebSocket.last.says(event);
  return FakeWebSocket.last;
}

export const server = (): FakeWebSocket => FakeWebSocket.last;
export const marksDue = (): void => void vi.advanceTimersByTime(250);
