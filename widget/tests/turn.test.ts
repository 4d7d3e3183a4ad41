// One tab at a time, with the browser's locks, with locks that are refused, and with none.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Keep } from '../src/keep';
import { Turn, type Locks } from '../src/turn';
import { fakeStorage } from './fake-socket';

let keep: Keep;

beforeEach(() => {
  vi.useFakeTimers();
  const storage = fakeStorage();
  keep = new Keep(() => storage);
});

afterEach(() => vi.useRealTimers());

/** As much of the browser's as is used: first come, first served. */
function locks(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_: string, { signal }: LockOptions, turn: () => unknown): Promise<unknown> => {
    const mine = last.then(() => {
      if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
      return turn();
    });
    last = mine.catch(() => {});
    return mine;
  };
  return { request } as unknown as Locks;
}

const refused = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as Locks;

describe.each<[string, () => Locks | undefined]>([
  ['locks', () => locks()],
  ['locks that are refused', () => refused],
  ['no locks', () => undefined],
])('with %s', (_, make) => {
  let shared: Locks | undefined;
  let went: string[];
  beforeEach(() => {
    shared = make();
    went = [];
  });

  function tab(name: string): Turn {
    return new Turn('key', keep, shared, name);
  }

  const go = (name: string): (() => void) => () => void went.push(name);
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  test('one goes at once, and the next when it is done', async () => {
    const [a, b] = [tab('a'), tab('b')];
    a.take(go('a'));
    b.take(go('b'));
    await pass(5_000);
    expect(went).toHaveLength(1);
    (went[0] === 'a' ? a : b).end();
    await pass(1_000);
    expect([...went].sort()).toEqual(['a', 'b']);
  });

  test('one that gives up waiting does not go, and holds nobody up', async () => {
    const [a, b, c] = [tab('a'), tab('b'), tab('c')];
    a.take(go('a'));
    await pass(500);
    b.take(go('b'));
    await pass(10);
    c.take(go('c'));
    b.end();
    a.end();
    await pass(1_000);
    expect(went).toEqual(['a', 'c']);
  });

  test('one that takes it again goes again', async () => {
    const a = tab('a');
    a.take(go('a'));
    await pass(500);
    a.take(go('a'));
    await pass(500);
    expect(went).toEqual(['a', 'a']);
  });
});

test('a tab that died in its turn is waited for a while only', async () => {
  const [dead, next] = [new Turn('key', keep, undefined, 'dead'), new Turn('key', keep, undefined, 'next')];
  let went = false;
  dead.take(() => {});
  await vi.advanceTimersByTimeAsync(500);
  next.take(() => (went = true));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(went).toBe(false);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(went).toBe(true);
});

test('where nothing can be kept nobody waits', () => {
  const nothing = new Keep(() => null);
  const went: string[] = [];
  for (const name of ['a', 'b']) new Turn('key', nothing, undefined, name).take(() => went.push(name));
  expect(went).toEqual(['a', 'b']);
});
