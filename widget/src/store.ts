// What outlives the page, in localStorage under one key per site; in memory where the browser blocks that.
// Messages of the conversation are deliberately not here: the server sends them again.

import type { ConversationId, RejectCode } from './protocol';

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
  /** `open` while an answer may come, and so a connection is worth having on every page. */
  conversation: { id: ConversationId; open: boolean } | null;
  panelOpen: boolean;
  outbox: Pending[];
  contact: Contact | null;
  /** What stood in the box when the page was left. */
  draft: string;
}

const NOTHING: Saved = { token: null, conversation: null, panelOpen: false, outbox: [], contact: null, draft: '' };

export class Store {
  readonly key: string;
  #memory: Saved = NOTHING;
  readonly #storage: Storage | null;

  constructor(site: string, storage: Storage | null) {
    this.#storage = storage;
    this.key = `seatline:${site}`;
  }

  /** Read anew each time: another tab may have written. */
  read(): Saved {
    try {
      const text = this.#storage?.getItem(this.key);
      const saved = text ? (JSON.parse(text) as Partial<Saved>) : {};
      // In memory as it is: a page that is not let write still knows what it has.
      if (text) this.#memory = { ...NOTHING, ...saved, outbox: Array.isArray(saved.outbox) ? saved.outbox : [] };
    } catch {
      // Blocked or damaged: what is in memory goes on.
    }
    return this.#memory;
  }

  change(change: Partial<Saved>): void {
    this.#memory = { ...this.read(), ...change };
    try {
      // Old libraries give arrays a `toJSON` that makes text of them; this one has its own, which is none.
      const outbox = Object.assign([...this.#memory.outbox], { toJSON: undefined });
      this.#storage?.setItem(this.key, JSON.stringify({ ...this.#memory, outbox }));
    } catch {
      // Full or blocked: this page still works, the next one starts anew.
    }
  }
}

/** `localStorage`, if the browser lets this page have it. Merely touching it can throw. */
export function usableStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
