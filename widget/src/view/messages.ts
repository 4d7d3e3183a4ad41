// The list of messages. An entry's element is made once and kept, so that nothing jumps and no selection is lost. What
// is new in it a screen reader hears from the announcer, without times and marks.

import { pieces } from '../links';
import type { Notice } from '../protocol';
import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import { entries, type Entry, type TextEntry } from './entries';
import { icon, setIcon } from './icons';
import type { Times } from './times';

export interface MessageActions {
  retry: (id: string) => void;
  discard: (id: string) => void;
}

/** A few emoji and nothing else. */
const EMOJI = /^(?:\s|\p{RI}{2}|\p{Emoji_Presentation}[\u{1f3fb}-\u{1f3ff}]?|\p{Extended_Pictographic}\ufe0f|\u200d){1,6}$/u;

/** An element in the list and how to bring it up to date. */
interface Row {
  element: HTMLElement;
  update: (entry: Entry) => void;
}

export class Messages {
  readonly element: HTMLElement;
  readonly #rows = new Map<string, Row>();
  #drawn: State | null = null;
  readonly #texts: Texts;
  readonly #times: Times;
  readonly #actions: MessageActions;

  constructor(texts: Texts, times: Times, actions: MessageActions) {
    this.#texts = texts;
    this.#times = times;
    this.#actions = actions;
    this.element = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': texts.talk });
  }

  update(state: State): void {
    const before = this.#drawn;
    this.#drawn = state;
    if (
      before?.messages === state.messages &&
      before.pending === state.pending &&
      before.conversation === state.conversation
    ) {
      return;
    }
    const list = entries(state, Date.now());
    const keys = new Set(list.map((entry) => entry.key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let next = this.element.firstChild;
    for (const entry of list) {
      const row = this.#rows.get(entry.key) ?? this.#make(entry);
      row.update(entry);
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
    const element = h('p', { class: entry.kind, title: this.#times.exact(entry.at) });
    const update = (now: Entry): void => {
      // Today is yesterday tomorrow.
      if (now.kind === 'day') setText(element, this.#times.day(now.at, Date.now()));
      else if (now.kind === 'notice') setText(element, noticeText(this.#texts, now.notice));
    };
    return { element, update };
  }

  #textRow(entry: TextEntry): Row {
    const [texts, times] = [this.#texts, this.#times];
    const name = h('p', { class: 'name', 'aria-hidden': 'true' }, entry.agent ?? '');
    // With a direction of its own, it has no say in the text's.
    const speaker = h('span', { class: 'unseen', dir: 'auto' }, texts.from(entry.agent ?? texts.you));
    const time = h('time');
    const mark = icon('sending');
    const meta = h('p', { class: 'meta' }, time, mark);
    const why = h('span');
    const again = button({ class: 'text' }, () => this.#actions.retry(entry.key), texts.retry);
    const drop = button({ class: 'text' }, () => this.#actions.discard(entry.key), texts.discard);
    const failed = h('p', { class: 'failed' }, why, again, drop);
    const words = h('div', { dir: 'auto' }, ...linked(entry.text));
    const bubble = h('div', { class: EMOJI.test(entry.text) ? 'bubble emoji' : 'bubble' }, speaker, words);
    const element = h('div', { class: entry.agent === null ? 'own' : 'theirs' }, name, bubble, meta, failed);
    mark.removeAttribute('aria-hidden');
    mark.setAttribute('role', 'img');

    const update = (now: Entry): void => {
      if (now.kind !== 'text') return;
      show(name, now.named);
      element.classList.toggle('first', now.first);
      element.classList.toggle('last', now.last);
      element.dataset['mark'] = now.failed ? 'failed' : (now.mark ?? '');
      setText(time, times.time(now.at));
      time.dateTime = new Date(now.at).toISOString();
      time.title = times.exact(now.at);
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

function linked(text: string): (Node | string)[] {
  return pieces(text).map((piece) =>
    piece.link ? h('a', { href: piece.text, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text) : piece.text,
  );
}

function noticeText(texts: Texts, notice: Notice): string {
  switch (notice.notice) {
    case 'seated':
      return (notice.after ? texts.waitReason[notice.after] + texts.gap : '') + texts.seated(notice.agent);
    case 'waiting':
      return texts.waitReason[notice.reason];
    case 'missed':
      return texts.missedReason[notice.reason];
    case 'closed':
      return texts.closedBy[notice.by];
    default:
      // A later server may have more to say than we have words for.
      return '';
  }
}
