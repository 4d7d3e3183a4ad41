// What stands in the boxes and is not sent, kept while it is typed. A draft belongs to its conversation. Tabs share one: what one
// has sent goes from the others as well; what another has typed stays, and an empty box takes nobody's words away.

import type { ConversationId } from './protocol';
import type { Store } from './store';

const SAVE_MS = 400;

/** Stored in the place of a draft that was sent, so that other tabs can tell it from one that was rubbed out. */
const SENT = '';

export interface Draft {
  text: string;
  /** In the form: how the visitor can be reached. */
  contact: string;
  name: string;
}

const NONE: Draft = { text: '', contact: '', name: '' };

export class Drafts {
  /** What is in the boxes. */
  #now = NONE;
  /** The record that has it; `undefined` while the stored one is another tab's. */
  #stored: string | null | undefined;
  #dirty = false;
  #sent = false;
  /** The visitor has typed on this page. */
  #typed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #show: (draft: Draft) => void = () => {};
  readonly #store: Store;
  readonly #conversation: () => ConversationId | null;

  /** `conversation` is the one that what is typed now belongs to. */
  constructor(store: Store, conversation: () => ConversationId | null) {
    this.#store = store;
    this.#conversation = conversation;
  }

  /** Has the boxes filled: now, and whenever another tab has sent what is in them. */
  shownBy(show = this.#show): void {
    this.#show = show;
    this.#stored = this.#store.draft;
    show((this.#now = this.#read()));
  }

  /** What is stored is not what this page has stored or read last. */
  get stale(): boolean {
    return this.#store.draft !== this.#stored;
  }

  /** The visitor types. */
  changed(draft: Draft): void {
    this.#now = draft;
    this.#dirty = this.#typed = true;
    this.#timer ??= setTimeout(() => this.flush(), SAVE_MS);
  }

  /** A part of it is on its way, and so no draft any more. */
  sent(...parts: (keyof Draft)[]): void {
    for (const part of parts) this.#now = { ...this.#now, [part]: '' };
    this.#dirty = this.#sent = true;
    // What is sent together leaves together.
    queueMicrotask(() => this.flush());
  }

  /** Another conversation has begun. What was typed under the visitor's eyes goes on in it, what a page before had left does not. */
  moved(): void {
    if (this.#typed) this.#dirty ||= !isEmpty(this.#now);
    else this.#show((this.#now = NONE));
  }

  /** The page may be gone any moment. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#dirty) return;
    const sent = this.#sent;
    this.#dirty = this.#sent = false;
    const record = { conversation: this.#conversation(), ...this.#now };
    const next = isEmpty(this.#now) ? (sent ? SENT : null) : JSON.stringify(record);
    if (isEmpty(this.#now) && this.stale) return;
    this.#store.draft = next;
    this.#stored = this.#store.draft;
  }

  /** Another tab may have written one of its own, or sent ours. */
  storeChanged(): void {
    const stored = this.#store.draft;
    if (this.#dirty || stored === this.#stored) return;
    if (stored === SENT && this.#stored !== undefined) {
      this.#stored = stored;
      this.#show((this.#now = NONE));
    } else {
      // It is written once more when the page is left.
      this.#stored = undefined;
      this.#dirty = !isEmpty(this.#now);
    }
  }

  #read(): Draft {
    if (!this.#stored) return NONE;
    try {
      const { conversation, ...draft } = JSON.parse(this.#stored) as Draft & { conversation: ConversationId | null };
      // What was begun before there was a conversation belongs to the first there is.
      return conversation === null || conversation === this.#conversation() ? { ...NONE, ...draft } : NONE;
    } catch {
      return NONE;
    }
  }
}

function isEmpty({ text, contact, name }: Draft): boolean {
  return text + contact + name === '';
}
