// The list of messages, or a part of it: as much as is read. An entry's element is made once and kept, so that nothing jumps and
// no selection is lost, and is touched when something about it has changed. What is new in it a screen reader hears from
// the announcer, without times and marks.

import { serverTime } from '../clock';
import { pieces } from '../links';
import { HISTORY_PAGE, type Notice, type Seq, type WaitReason } from '../protocol';
import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import { entries, type Entry, type TextEntry } from './entries';
import { icon, setIcon } from './icons';
import { agentName } from './names';
import { untilMidnight, type Times } from './times';

export interface MessageActions {
  retry: (id: string) => void;
  discard: (id: string) => void;
}

/** A few emoji and nothing else. */
const EMOJI = /^(?:\s|\p{RI}{2}|\p{Emoji_Presentation}[\u{1f3fb}-\u{1f3ff}]?|\p{Extended_Pictographic}\ufe0f|\u200d){1,6}$/u;

/** More are not on the page at a time, whatever one reads: laying out thousands keeps one waiting. */
const SHOWN_MAX = 4 * HISTORY_PAGE;

/** An element in the list, how to bring it up to date, and what it shows. */
interface Row {
  element: HTMLElement;
  update: (entry: Entry) => void;
  shown?: Entry;
}

export class Messages {
  readonly element: HTMLElement;
  readonly #rows = new Map<string, Row>();
  #drawn: State | null = null;
  /** Of the messages that are here, these are shown: from which one on, its place in the list, and the place after the last. */
  #first: Seq = 0;
  #begin = 0;
  #end = 0;
  #midnight: ReturnType<typeof setTimeout> | undefined;
  readonly #texts: Texts;
  readonly #times: Times;
  readonly #actions: MessageActions;

  constructor(texts: Texts, times: Times, actions: MessageActions) {
    this.#texts = texts;
    this.#times = times;
    this.#actions = actions;
    this.element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': texts.talk });
  }

  /** Whether there are messages before those that are shown, here or not. */
  get earlier(): boolean {
    return this.#begin > 0 || (this.#drawn?.after ?? 0) > 0;
  }

  /** Whether there are messages after those that are shown. */
  get later(): boolean {
    return this.#end < (this.#drawn?.messages.length ?? 0);
  }

  /** The first or the last that is shown. */
  text(at: 'first' | 'last'): HTMLElement | null {
    const rows = this.element.querySelectorAll<HTMLElement>('.own, .theirs');
    return rows[at === 'first' ? 0 : rows.length - 1] ?? null;
  }

  /** One more page of those that are here; false if there is none. */
  showEarlier(): boolean {
    if (!this.#drawn || this.#begin === 0) return false;
    const begin = Math.max(0, this.#begin - HISTORY_PAGE);
    this.#draw(this.#drawn, begin, Math.min(this.#end, begin + SHOWN_MAX));
    return true;
  }

  showLater(): void {
    if (!this.#drawn) return;
    const end = Math.min(this.#drawn.messages.length, this.#end + HISTORY_PAGE);
    this.#draw(this.#drawn, Math.max(this.#begin, end - SHOWN_MAX), end);
  }

  showEnd(): void {
    if (!this.#drawn || !this.later) return;
    const { length } = this.#drawn.messages;
    this.#draw(this.#drawn, Math.max(0, length - HISTORY_PAGE), length);
  }

  /** `atEnd`: what comes is to be seen. `enough`: nobody reads above, and what is far above need not be kept on the page. */
  update(state: State, atEnd: boolean, enough: boolean): void {
    const before = this.#drawn;
    this.#drawn = state;
    if (
      before?.messages === state.messages &&
      before.pending === state.pending &&
      before.conversation === state.conversation
    ) {
      return;
    }
    const { length } = state.messages;
    const first = Math.max(0, state.messages.findIndex(({ seq }) => seq >= this.#first));
    // What was asked for is shown.
    let begin = before?.talk === state.talk && state.after < before.after ? 0 : first;
    const followed = atEnd || !before || this.#end === before.messages.length;
    let end = followed ? length : this.#end + first - this.#begin;
    if (!atEnd) end = Math.min(end, begin + SHOWN_MAX);
    else if (enough && length - begin > 2 * HISTORY_PAGE) begin = length - HISTORY_PAGE;
    this.#draw(state, begin, end);
  }

  #draw(state: State, begin: number, end: number): void {
    this.#begin = begin;
    this.#end = end;
    this.#first = state.messages[begin]?.seq ?? 0;
    const now = serverTime();
    const list = entries(state, now, begin, end);
    clearTimeout(this.#midnight);
    this.#midnight = setTimeout(() => this.#drawn && this.#draw(this.#drawn, this.#begin, this.#end), untilMidnight(now));
    const keys = new Set(list.map((entry) => entry.key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let next = this.element.firstChild;
    for (const entry of list) {
      const row = this.#rows.get(entry.key) ?? this.#make(entry);
      if (!row.shown || differ(row.shown, entry)) row.update(entry);
      row.shown = entry;
      if (row.element === next) next = next.nextSibling;
      else this.element.insertBefore(row.element, next);
    }
  }

  #make(entry: Entry): Row {
    const row = entry.kind === 'text' ? this.#textRow(entry) : this.#lineRow(entry);
    this.#rows.set(entry.key, row);
    return row;
  }

  #lineRow(entry: Exclude<Entry, TextEntry>): Row {
    const element = h('p', { class: entry.kind });
    this.#tellsExactly(element, () => entry.at);
    const update = (now: Entry): void => {
      if (now.kind === 'day') setText(element, this.#times.day(now.at, serverTime()));
      else if (now.kind === 'notice') setText(element, noticeText(this.#texts, now.notice));
    };
    return { element, update };
  }

  /** When it was, to the second, once somebody points at it. */
  #tellsExactly(element: HTMLElement, at: () => number): void {
    element.addEventListener('pointerenter', () => (element.title = this.#times.exact(at())));
  }

  #textRow(entry: TextEntry): Row {
    const [texts, times] = [this.#texts, this.#times];
    const who = entry.agent === null ? texts.you : agentName(texts, entry.agent);
    const text = entry.text ?? texts.unreadable;
    const name = h('p', { class: 'name', 'aria-hidden': 'true' }, who);
    // With a direction of its own, it has no say in the text's.
    const speaker = h('span', { class: 'unseen', dir: 'auto' }, texts.from(who));
    const time = h('time');
    let { at } = entry;
    this.#tellsExactly(time, () => at);
    const mark = icon('sending');
    const meta = h('p', { class: 'meta' }, time, mark);
    const why = h('span');
    const again = button({ class: 'text' }, () => this.#actions.retry(entry.key), texts.retry);
    const drop = button({ class: 'text' }, () => this.#actions.discard(entry.key), texts.discard);
    const failed = h('p', { class: 'failed' }, why, again, drop);
    const words = h('div', { dir: 'auto' }, ...linked(text));
    const bubble = h('div', { class: EMOJI.test(text) ? 'bubble emoji' : 'bubble' }, speaker, words);
    const element = h('div', { class: entry.agent === null ? 'own' : 'theirs' }, name, bubble, meta, failed);
    mark.removeAttribute('aria-hidden');
    mark.setAttribute('role', 'img');

    const update = (now: Entry): void => {
      if (now.kind !== 'text') return;
      show(name, now.named);
      element.classList.toggle('first', now.first);
      element.classList.toggle('last', now.last);
      element.dataset['mark'] = now.failed ? 'failed' : (now.mark ?? '');
      at = now.at;
      setText(time, times.time(at));
      time.dateTime = new Date(at).toISOString();
      show(meta, now.last && !now.failed);
      mark.toggleAttribute('hidden', now.mark === null);
      if (now.mark) {
        setIcon(mark, now.mark === 'sending' || now.mark === 'sent' ? now.mark : 'twice');
        mark.setAttribute('aria-label', texts.mark[now.mark]);
      }
      show(failed, now.failed !== null);
      if (now.failed) setText(why, texts.failed(now.failed));
      show(again, now.failed !== 'too_long');
    };
    return { element, update };
  }
}

/** Today is yesterday tomorrow: a day is always looked at. */
function differ(a: Entry, b: Entry): boolean {
  return b.kind === 'day' || (Object.keys(b) as (keyof Entry)[]).some((key) => a[key] !== b[key]);
}

function linked(text: string): (Node | string)[] {
  return pieces(text).map((piece) =>
    piece.link ? h('a', { href: piece.text, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text) : piece.text,
  );
}

function why(texts: Texts, reason: WaitReason | undefined): string {
  const said = (reason && texts.waitReason[reason]) || '';
  return said && said + texts.gap;
}

function noticeText(texts: Texts, notice: Notice): string {
  switch (notice.notice) {
    case 'seated':
      return why(texts, notice.after) + texts.seated(agentName(texts, notice.agent));
    case 'waiting':
      return texts.waitReason[notice.reason] ?? '';
    case 'missed':
      return texts.missedReason[notice.reason] ?? texts.missedOther;
    case 'closed':
      return texts.closedBy[notice.by] ?? texts.over;
    default:
      // A later server may have more to say than we have words for; a notice without words is not shown.
      return '';
  }
}
