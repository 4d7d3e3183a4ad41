// What is typed and not sent, in one tab and in several.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Drafts, type Draft } from '../src/drafts';
import { Keep } from '../src/keep';
import { Store } from '../src/store';
import { OTHER_TALK, TALK } from './build';
import { fakeStorage } from './fake-socket';

let storage: Storage;

beforeEach(() => {
  vi.useFakeTimers();
  storage = fakeStorage();
});

afterEach(() => vi.useRealTimers());

/** A page with a box and a form. */
class Page {
  conversation: string | null = TALK;
  shown: Draft = { text: '?', contact: '?', name: '?' };
  readonly drafts: Drafts;

  constructor(conversation: string | null = TALK) {
    this.conversation = conversation;
    this.drafts = new Drafts(new Store('key', new Keep(() => storage)), () => this.conversation);
    this.drafts.shownBy((draft) => (this.shown = draft));
  }

  types(text: string, form: Partial<Draft> = {}): this {
    this.shown = { contact: '', name: '', ...form, text };
    this.drafts.changed(this.shown);
    return this;
  }

  async sends(): Promise<void> {
    this.shown = { ...this.shown, text: '' };
    this.drafts.sent('text');
    await Promise.resolve();
  }
}

const pause = (): void => void vi.advanceTimersByTime(1_000);

test('is there on the next page, while it is typed and not only when the page is left', () => {
  new Page().types('Half a');
  expect(new Page().shown.text).toBe('');
  pause();
  expect(new Page().shown.text).toBe('Half a');
});

test('is written a few times a second at most', () => {
  const written = vi.spyOn(storage, 'setItem');
  const page = new Page();
  for (let letter = 0; letter < 50; letter++) {
    page.types('x'.repeat(letter));
    vi.advanceTimersByTime(20);
  }
  pause();
  expect(written.mock.calls.length).toBeLessThan(6);
  expect(new Page().shown.text).toBe('x'.repeat(49));
});

test('is gone once it is sent, also if it was sent before it was saved', async () => {
  const page = new Page().types('Said');
  await page.sends();
  pause();
  expect(new Page().shown.text).toBe('');
});

test('keeps the form, and loses of it what is sent', () => {
  new Page().types('Call me', { contact: 'anna@example.org', name: 'Anna' }).drafts.flush();
  const next = new Page();
  expect(next.shown).toEqual({ text: 'Call me', contact: 'anna@example.org', name: 'Anna' });
  next.drafts.sent('text');
  next.drafts.sent('contact', 'name');
  next.drafts.flush();
  expect(new Page().shown).toEqual({ text: '', contact: '', name: '' });
});

describe('belongs to its conversation', () => {
  test('and is in no other', () => {
    new Page(TALK).types('To Mei').drafts.flush();
    expect(new Page(OTHER_TALK).shown.text).toBe('');
    expect(new Page(null).shown.text).toBe('');
    expect(new Page(TALK).shown.text).toBe('To Mei');
  });

  test('or to the first there is, if it was begun before', () => {
    new Page(null).types('Hello').drafts.flush();
    expect(new Page(TALK).shown.text).toBe('Hello');
  });

  test('unless the visitor has it before them when the next one begins', () => {
    const page = new Page(TALK).types('One more thing');
    page.conversation = OTHER_TALK;
    page.drafts.moved();
    page.drafts.flush();
    expect(page.shown.text).toBe('One more thing');
    expect(new Page(OTHER_TALK).shown.text).toBe('One more thing');

    const later = new Page(OTHER_TALK);
    later.conversation = TALK;
    later.drafts.moved();
    expect(later.shown.text).toBe('');
  });
});

describe('with another tab', () => {
  test('whose box is empty, it stays', () => {
    const empty = new Page();
    new Page().types('Kept').drafts.flush();
    empty.drafts.storeChanged();
    empty.types('x').types('');
    pause();
    empty.drafts.flush();
    expect(new Page().shown.text).toBe('Kept');
  });

  test('that has sent it, it is gone from both', async () => {
    const first = new Page().types('Said once');
    pause();
    const second = new Page();
    await second.sends();
    first.drafts.storeChanged();
    expect(first.shown.text).toBe('');
    first.drafts.flush();
    expect(new Page().shown.text).toBe('');
  });

  test('that has only rubbed it out, it stays where it was typed', () => {
    const first = new Page().types('Typed here');
    pause();
    new Page().types('').drafts.flush();
    first.drafts.storeChanged();
    expect(first.shown.text).toBe('Typed here');
    first.drafts.flush();
    expect(new Page().shown.text).toBe('Typed here');
  });

  test('that has sent one of its own, it stays', async () => {
    const first = new Page().types('Here');
    pause();
    const second = new Page().types('There');
    second.drafts.flush();
    first.drafts.storeChanged();
    await second.sends();
    first.drafts.storeChanged();
    expect(first.shown.text).toBe('Here');
    first.drafts.flush();
    expect(new Page().shown.text).toBe('Here');
  });

  test('two that type do not go on overwriting each other', () => {
    const tabs = [new Page().types('Here'), new Page().types('There')];
    for (let time = 0; time < 3; time++) {
      pause();
      for (const tab of tabs) tab.drafts.storeChanged();
    }
    const written = vi.spyOn(storage, 'setItem');
    pause();
    for (const tab of tabs) tab.drafts.storeChanged();
    expect(written).not.toHaveBeenCalled();
  });
});

test.each(['', '{', '3', 'null', '{"text":'])('a damaged record is as good as none: %s', (record) => {
  storage.setItem('seatline:key:draft', record);
  expect(new Page().shown).toEqual({ text: '', contact: '', name: '' });
});

test('a storage that is full takes nothing from the box, nor what was sent back', async () => {
  const page = new Page().types('It fits');
  pause();
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  page.types('It fits no more');
  pause();
  page.drafts.storeChanged();
  expect(page.shown.text).toBe('It fits no more');
  await page.sends();
  expect(new Page().shown.text).toBe('');
});
