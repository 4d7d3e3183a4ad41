// One tab at a time: whoever has no token yet waits until the tab before has one, or has failed, so that one browser is one guest.

import type { Keep } from './keep';

/** Nobody's turn is longer: an attempt to connect is given up before. */
const TURN_MS_MAX = 15_000;

/** Storage is not shared at once between the processes of a browser. */
const SETTLE_MS = 100;

const LOOK_MS = 150;

/** The browser's locks, where it has them: not on pages without TLS, nor where the page may keep nothing. */
export type Locks = Pick<LockManager, 'request'>;

export class Turn {
  #over: AbortController | null = null;
  readonly #key: string;
  readonly #keep: Keep;
  readonly #locks: Locks | undefined;
  /** Tells this tab's entry from another's. */
  readonly #me: string;

  constructor(key: string, keep: Keep, locks: Locks | undefined, me: string) {
    this.#key = key;
    this.#keep = keep;
    this.#locks = locks;
    this.#me = me;
  }

  /** Calls `go` when it is this tab's turn, unless it is over before; the turn lasts until it is. */
  take(go: () => void): void {
    this.end();
    const over = new AbortController();
    this.#over = over;
    if (!this.#locks) return this.#takeEntry(go, over.signal);
    const { signal } = over;
    const turn = (): Promise<void> | undefined => {
      if (signal.aborted) return undefined;
      const ended = new Promise<void>((end) => signal.addEventListener('abort', () => end()));
      go();
      return ended;
    };
    this.#locks.request(this.#key, { signal }, turn).catch(() => {
      if (!signal.aborted) this.#takeEntry(go, signal);
    });
  }

  end(): void {
    this.#over?.abort();
    this.#over = null;
  }

  /** Without locks: an entry in storage that says whose turn it is, and until when. */
  #takeEntry(go: () => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    const [owner, until] = (this.#keep.get(this.#key) ?? '').split(' ');
    const left = Number(until) - Date.now();
    if (owner === this.#me) {
      signal.addEventListener('abort', () => {
        if (this.#keep.get(this.#key)?.startsWith(this.#me)) this.#keep.remove(this.#key);
      });
      go();
    } else if (left > 0 && left <= TURN_MS_MAX) {
      setTimeout(() => this.#takeEntry(go, signal), LOOK_MS);
    } else if (this.#keep.set(this.#key, `${this.#me} ${Date.now() + TURN_MS_MAX}`)) {
      // Two that have written at once both see the later one then.
      setTimeout(() => this.#takeEntry(go, signal), SETTLE_MS);
    } else {
      go();
    }
  }
}
