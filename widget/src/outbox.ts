// Messages the visitor has written and the server has not acknowledged. They survive a reload and are sent again with
// the same id, which the server stores once.

import type { GuestFrame, RejectCode } from './protocol';
import type { Pending, Store } from './store';
import { uuid } from './words';

/** Messages under way at a time, so that a long offline hour does not end as a flood. */
const WINDOW = 10;

/** One more is not taken: whoever wrote this many unanswered lines offline had better keep the next in the box. */
export const OUTBOX_MAX = 50;

export class Outbox {
  readonly #underWay = new Set<string>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  items(): readonly Pending[] {
    return this.#store.read().outbox;
  }

  /** The oldest that waits to be sent. */
  get first(): Pending | undefined {
    return this.items().find((item) => !item.failed);
  }

  /** Whether anything still waits to be sent. */
  get busy(): boolean {
    return this.first !== undefined;
  }

  /** Takes a message, unless the outbox is full. */
  add(text: string, at: number): boolean {
    const items = this.items();
    if (items.length >= OUTBOX_MAX) return false;
    this.#save([...items, { id: uuid(), text, at }]);
    return true;
  }

  /** The server has stored it, or the visitor has dropped it. */
  remove(id: string): void {
    this.#underWay.delete(id);
    const items = this.items();
    if (items.some((item) => item.id === id)) this.#save(items.filter((item) => item.id !== id));
  }

  reject(id: string, code: RejectCode): void {
    this.#underWay.delete(id);
    this.#save(this.items().map((item) => (item.id === id ? { ...item, failed: code } : item)));
  }

  /** Sends a refused message again. Nothing was stored under its id, but the id may be what was refused. */
  retry(id: string): void {
    this.#save(
      this.items().map((item) => (item.id === id ? { id: uuid(), text: item.text, at: item.at } : item)),
    );
  }

  /** Sends what is due, oldest first; `send` says whether there is a connection. */
  flush(send: (frame: GuestFrame) => boolean): void {
    for (const { id, text, failed } of this.items()) {
      if (this.#underWay.size >= WINDOW) return;
      if (failed || this.#underWay.has(id)) continue;
      if (!send({ type: 'send', id, text })) return;
      this.#underWay.add(id);
    }
  }

  /** The connection is gone: what was under way may or may not have arrived. */
  connectionLost(): void {
    this.#underWay.clear();
  }

  #save(outbox: Pending[]): void {
    this.#store.change({ outbox });
  }
}
