import { beforeEach, expect, test } from 'vitest';
import { Outbox, OUTBOX_MAX } from '../src/outbox';
import type { GuestFrame } from '../src/protocol';
import { Keep } from '../src/keep';
import { Store } from '../src/store';
import { fakeStorage } from './fake-socket';

let storage: Storage;
let outbox: Outbox;
let sent: Extract<GuestFrame, { type: 'send' }>[];

beforeEach(() => {
  storage = fakeStorage();
  outbox = new Outbox(new Store('key', new Keep(() => storage)));
  sent = [];
});

function send(frame: GuestFrame): boolean {
  if (frame.type === 'send') sent.push(frame);
  return true;
}

test('sends each message once per connection, in the order written', () => {
  outbox.add('one', 1);
  outbox.add('two', 2);
  outbox.flush(send);
  outbox.flush(send);
  expect(sent.map((frame) => frame.text)).toEqual(['one', 'two']);
  expect(sent[0]?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('sends what was not acknowledged again after a reconnect, with the same id', () => {
  outbox.add('one', 1);
  outbox.add('two', 2);
  outbox.flush(send);
  outbox.remove(sent[0]?.id ?? '');
  outbox.connectionLost();
  outbox.flush(send);
  expect(sent.map((frame) => frame.text)).toEqual(['one', 'two', 'two']);
  expect(sent[2]?.id).toBe(sent[1]?.id);
});

test('survives a reload', () => {
  outbox.add('kept', 1);
  outbox.flush(send);
  const next = new Outbox(new Store('key', new Keep(() => storage)));
  next.flush(send);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test('keeps to itself without a connection', () => {
  outbox.add('one', 1);
  outbox.flush(() => false);
  outbox.flush(send);
  expect(sent).toHaveLength(1);
});

test('has ten messages under way at most, and goes on as they are acknowledged', () => {
  for (let count = 0; count < 12; count++) outbox.add(`${count}`, count);
  outbox.flush(send);
  expect(sent).toHaveLength(10);
  outbox.remove(sent[0]?.id ?? '');
  outbox.flush(send);
  expect(sent).toHaveLength(11);
});

test('a refused message waits for the visitor, and goes out with an id of its own', () => {
  outbox.add('one', 1);
  outbox.flush(send);
  const id = sent[0]?.id ?? '';
  outbox.reject(id, 'id_reused');
  outbox.flush(send);
  expect([sent.length, outbox.busy]).toEqual([1, false]);
  outbox.retry(id);
  outbox.flush(send);
  expect(sent).toHaveLength(2);
  expect(sent[1]?.id).not.toBe(id);
});

test('takes no more than its limit', () => {
  for (let count = 0; count < OUTBOX_MAX; count++) expect(outbox.add('x', count)).toBe(true);
  expect(outbox.add('one too many', 0)).toBe(false);
});

test.each(['{"outbox":', '{"outbox":"[]"}', 'null', '3'])('a damaged record is as good as none: %s', (record) => {
  storage.setItem('seatline:key', record);
  expect(outbox.items()).toEqual([]);
});

test('a library that gives arrays a toJSON of its own changes nothing', () => {
  const arrays = Array.prototype as { toJSON?: () => string };
  arrays.toJSON = () => '[]';
  try {
    outbox.add('one', 1);
  } finally {
    delete arrays.toJSON;
  }
  expect(new Outbox(new Store('key', new Keep(() => storage))).items().map((item) => item.text)).toEqual(['one']);
});
