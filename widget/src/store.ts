// What outlives the page, in localStorage under one key per site. What cannot be written there, because the browser blocks it or
// the page has filled it, counts all the same as long as the page is open.
// Messages of the conversation are deliberately not here: the server sends them again.

import { Keep } from './keep';
import type { ConversationId, GuestId, RejectCode, Seq } from './protocol';

/** A message the server has not acknowledged. */
export interface Pending {
  id: string;
  text: string;
  /** When it was written, in milliseconds since 1970. */
  at: number;
  /** Why the server did not take it; it is not sent again unless the visitor says so. */
  failed?: RejectCode;
}

/** How the visitor can be reached. */
export interface Contact {
  name: string;
  contact: string;
  /** The server has it. */
  told: boolean;
}

export interface Saved {
  /** Shows that this is the same guest; each `welcome` brings a new one. */
  token: string | null;
  /** Which guest that is. */
  guest: GuestId | null;
  conversation: SavedConversation | null;
  panelOpen: boolean;
  outbox: Pending[];
  contact: Contact | null;
}

/** What the next page knows of the conversation before it is connected, if it connects at all. */
export interface SavedConversation {
  id: ConversationId;
  /** In line or in a seat, and so a connection is worth having on every page. */
  open: boolean;
  /** Its last message, while it is missed: another one would be the answer. */
  missed?: Seq;
  /** The agents' messages that the visitor has not seen. */
  unread?: number;
}

const NOTHING: Saved = { token: null, guest: null, conversation: null, panelOpen: false, outbox: [], contact: null };

export class Store {
  readonly key: string;
  readonly draftKey: string;
  #memory: Saved = NOTHING;
  /** The record as it was last read or written. */
  #text: string | null = null;
  /** What could not be written counts more than what is stored. */
  #unwritten: Partial<Saved> = {};
  /** Messages that this page has taken, or is done with (`null`): another tab that writes an older list does not change that. */
  readonly #own = new Map<string, Pending | null>();
  readonly #keep: Keep;

  constructor(site: string, keep: Keep) {
    this.#keep = keep;
    this.key = `seatline:${site}`;
    this.draftKey = `${this.key}:draft`;
  }

  /** Read anew each time: another tab may have written. */
  read(): Saved {
    const text = this.#keep.get(this.key);
    // Without a record, as after a page has cleared its storage, what is in memory goes on.
    if (text !== null && text !== this.#text) {
      this.#text = text;
      const stored = parse(text);
      if (stored) {
        const { token, guest } = this.#memory;
        const known = stored.token === null ? { token, guest } : {};
        this.#memory = { ...stored, ...known, ...this.#unwritten, outbox: this.#withOwn(stored.outbox) };
      }
    }
    return this.#memory;
  }

  change(change: Partial<Saved>): void {
    const before = this.read();
    this.#memory = { ...before, ...change };
    for (const item of before.outbox) if (!this.#memory.outbox.includes(item)) this.#own.set(item.id, null);
    for (const item of this.#memory.outbox) if (!before.outbox.includes(item)) this.#own.set(item.id, item);
    const { outbox: _, ...unwritten } = { ...this.#unwritten, ...change };
    this.#unwritten = unwritten;
    this.#write();
  }

  /** Tries once more to write what could not be written, before the page is left. */
  flush(): void {
    if (this.read() !== NOTHING) this.#write();
  }

  /** The record of what is typed and not sent, apart: it is written often. */
  get draft(): string | null {
    return this.#keep.get(this.draftKey);
  }

  set draft(record: string | null) {
    // What was sent must not come back, even if there is no room to say so.
    if (record === null || (!this.#keep.set(this.draftKey, record) && record === '')) this.#keep.remove(this.draftKey);
  }

  #write(): void {
    // Old libraries give arrays a `toJSON` that makes text of them; this one has its own, which is none.
    const outbox = Object.assign([...this.#memory.outbox], { toJSON: undefined });
    const text = JSON.stringify({ ...this.#memory, outbox });
    // Also what was written before: the page may have cleared its storage.
    if (!this.#keep.set(this.key, text)) return;
    this.#text = text;
    this.#unwritten = {};
    // Any tab may drop a message that failed.
    for (const [id, item] of this.#own) if (item?.failed) this.#own.delete(id);
  }

  #withOwn(stored: Pending[]): Pending[] {
    const known = stored.map((item) => (this.#own.has(item.id) ? this.#own.get(item.id) : item));
    const lost = [...this.#own.values()].filter((own) => !stored.some(({ id }) => id === own?.id));
    return [...known, ...lost].filter((item) => !!item);
  }
}

/** `null` if the record is damaged. */
function parse(text: string): Saved | null {
  try {
    const saved = JSON.parse(text) as Partial<Saved>;
    return { ...NOTHING, ...saved, outbox: Array.isArray(saved.outbox) ? saved.outbox : [] };
  } catch {
    return null;
  }
}
