// What the widget keeps, in a browser whose storage is full, blocked, or written to by other tabs.

import { beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../src/outbox';
import { Keep } from '../src/keep';
import { Store } from '../src/store';
import { fakeStorage } from './fake-socket';

const KEY = 'seatline:key';

function refusing(methods: ('getItem' | 'setItem')[], storage = fakeStorage()): Storage {
  const refuse = (): never => {
    throw new DOMException('no', 'QuotaExceededError');
  };
  return Object.assign({ ...storage }, Object.fromEntries(methods.map((method) => [method, refuse])));
}

/** As the browser has it: one object, if it lets the page have that at all. */
function keep(make: () => Storage | null): Keep {
  const storage = make();
  return new Keep(() => storage);
}

const texts = (outbox: Outbox): string[] => outbox.items().map((item) => item.text);
const ids = (outbox: Outbox): string[] => outbox.items().map((item) => item.id);

const forbidden = (): never => {
  throw new DOMException('no', 'SecurityError');
};

describe.each<[string, () => Storage | null]>([
  ['full', () => refusing(['setItem'])],
  ['full, with a record of better days', () => {
    const storage = fakeStorage();
    new Store('key', new Keep(() => storage)).change({ token: 'old', panelOpen: true });
    return refusing(['setItem'], storage);
  }],
  ['unreadable', () => refusing(['getItem'])],
  ['blocked', () => refusing(['getItem', 'setItem'])],
  ['absent', () => null],
  ['deaf: it takes everything and keeps nothing', () => ({ ...fakeStorage(), setItem: () => {} }) as Storage],
  ['forbidden: merely touching it throws', forbidden],
])('with storage that is %s', (_, make) => {
  let store: Store;
  beforeEach(() => {
    store = new Store('key', make === forbidden ? new Keep(forbidden) : keep(make));
  });

  test('everything is as it was said last', () => {
    store.change({ token: 'new', contact: { name: 'Anna', contact: 'anna@example.org', told: false } });
    store.change({ conversation: { id: 'talk', open: true } });
    store.change({ panelOpen: false });
    expect(store.read()).toMatchObject({
      token: 'new',
      contact: { contact: 'anna@example.org' },
      conversation: { id: 'talk', open: true },
      panelOpen: false,
    });
  });

  test('messages are taken, sent in order, and done with', () => {
    const outbox = new Outbox(store);
    for (const text of ['one', 'two', 'three']) expect(outbox.add(text, 1)).toBe(true);
    const sent: string[] = [];
    outbox.flush((frame) => frame.type === 'send' && sent.push(frame.text) > 0);
    expect([sent, texts(outbox)]).toEqual([['one', 'two', 'three'], ['one', 'two', 'three']]);
    outbox.reject(ids(outbox)[1] ?? '', 'too_long');
    outbox.remove(ids(outbox)[0] ?? '');
    expect(outbox.items()).toMatchObject([{ text: 'two', failed: 'too_long' }, { text: 'three' }]);
  });
});

test('what did not fit is stored as soon as it fits', () => {
  const storage = fakeStorage();
  let room = 0;
  const tight = { ...storage, setItem: (key: string, text: string) => {
    if (text.length > room) throw new DOMException('full', 'QuotaExceededError');
    storage.setItem(key, text);
  } } as Storage;
  const store = new Store('key', new Keep(() => tight));
  new Outbox(store).add('kept', 1);
  expect(storage.getItem(KEY)).toBeNull();
  room = 10_000;
  store.flush();
  expect(texts(new Outbox(new Store('key', new Keep(() => storage))))).toEqual(['kept']);
});

test('a page that keeps nothing stores nothing', () => {
  const storage = fakeStorage();
  new Store('key', new Keep(() => storage)).flush();
  expect(storage.getItem(KEY)).toBeNull();
});

describe('with another tab', () => {
  let storage: Storage;
  let here: Outbox;
  let there: Outbox;
  beforeEach(() => {
    storage = fakeStorage();
    here = new Outbox(new Store('key', new Keep(() => storage)));
    there = new Outbox(new Store('key', new Keep(() => storage)));
  });

  test('each knows the messages of both', () => {
    here.add('here', 1);
    there.add('there', 2);
    expect([texts(here), texts(there)]).toEqual([['here', 'there'], ['here', 'there']]);
  });

  test('what only memory holds is not lost when the other tab writes', () => {
    const full = new Outbox(new Store('key', keep(() => refusing(['setItem'], storage))));
    full.add('in memory only', 1);
    there.add('there', 2);
    expect(texts(full)).toEqual(['there', 'in memory only']);
    there.remove(ids(there)[0] ?? '');
    expect(texts(full)).toEqual(['in memory only']);
  });

  test('a list that the other tab read too early takes no message away and brings none back', () => {
    here.add('first', 1);
    const early = storage.getItem(KEY) ?? '';
    here.remove(ids(here)[0] ?? '');
    here.add('second', 2);
    // Storage is not shared at once between the processes of a browser.
    storage.setItem(KEY, early);
    expect(texts(here)).toEqual(['second']);
    here.add('third', 3);
    expect(texts(there)).toEqual(['second', 'third']);
  });

  test('a message that failed and is removed there is removed here', () => {
    here.add('too long', 1);
    here.reject(ids(here)[0] ?? '', 'too_long');
    there.remove(ids(there)[0] ?? '');
    expect(texts(here)).toEqual([]);
  });

  test('a token is not forgotten because the other tab has none', () => {
    const store = new Store('key', new Keep(() => storage));
    store.change({ panelOpen: true });
    const early = storage.getItem(KEY) ?? '';
    store.change({ token: 'ours', guest: 'we' });
    storage.setItem(KEY, early);
    expect(store.read()).toMatchObject({ token: 'ours', guest: 'we' });
  });

  test('a page that clears its storage takes no message away', () => {
    here.add('kept', 1);
    storage.removeItem(KEY);
    expect(texts(here)).toEqual(['kept']);
  });

  test('a page that clears its storage and is left at once takes nothing with it', () => {
    const store = new Store('key', new Keep(() => storage));
    store.change({ token: 'ours', guest: 'we' });
    storage.removeItem(KEY);
    store.flush();
    expect(new Store('key', new Keep(() => storage)).read()).toMatchObject({ token: 'ours', guest: 'we' });
  });
});
