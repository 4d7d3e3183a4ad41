// The list of messages: a live log. An entry's element is made once and kept, so that nothing jumps, no selection is
// lost and a screen reader says each message once.

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

/** An element in the list and how to bring it up to date. */
interface Row {
  element: HTMLElement;
  update: (entry: Entry) => void;
}

export class Messages {
  readonly element: HTMLElement;
  private readonly rows = new Map<string, Row>();
  private drawn: State | null = null;

  constructor(
    private readonly texts: Texts,
    private readonly times: Times,
    private readonly actions: MessageActions,
  ) {
    this.element = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': texts.talk });
  }

  /** Whether anything changed. */
  update(state: State): boolean {
    const before = this.drawn;
    this.drawn = state;
    if (
      before?.messages === state.messages &&
      before.pending === state.pending &&
      before.conversation === state.conversation
    ) {
      return false;
    }
    const list = entries(state, Date.now());
    const keys = new Set(list.map((entry) => entry.key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    let next = this.element.firstChild;
    for (const entry of list) {
      const row = this.rows.get(entry.key) ?? this.make(entry);
      row.update(entry);
      if (row.element === next) next = next.nextSibling;
      else this.element.insertBefore(row.element, next);
    }
    return true;
  }

  private make(entry: Entry): Row {
    const row = entry.kind === 'text' ? this.textRow(entry) : this.lineRow(entry);
    this.rows.set(entry.key, row);
    return row;
  }

  private lineRow(entry: Exclude<Entry, TextEntry>): Row {
    const element = h('p', { class: entry.kind, title: this.times.exact(entry.at) });
    const update = (now: Entry): void => {
      // Today is yesterday tomorrow.
      if (now.kind === 'day') setText(element, this.times.day(now.at, Date.now()));
      else if (now.kind === 'notice') setText(element, noticeText(this.texts, now.notice));
    };
    return { element, update };
  }

  private textRow(entry: TextEntry): Row {
    const { texts, times } = this;
    const name = h('p', { class: 'name', 'aria-hidden': 'true' }, entry.agent ?? '');
    const speaker = h('span', { class: 'unseen' }, texts.from(entry.agent ?? texts.you));
    const time = h('time');
    const mark = icon('sending');
    const meta = h('p', { class: 'meta' }, time, mark);
    const why = h('span');
    const again = button({}, () => this.actions.retry(entry.key), texts.retry);
    const drop = button({}, () => this.actions.discard(entry.key), texts.discard);
    const failed = h('p', { class: 'failed' }, why, again, drop);
    const bubble = h('div', { class: 'bubble' }, speaker, entry.text);
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
    };
    return { element, update };
  }
}

function noticeText(texts: Texts, notice: Notice): string {
  switch (notice.notice) {
    case 'seated':
      return texts.seated(notice.agent);
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
