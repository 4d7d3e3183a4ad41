// The browser's storage, which may be full, blocked, or not there at all, and throws at any touch.

export class Keep {
  readonly #storage: () => Storage | null;

  constructor(storage: () => Storage | null) {
    this.#storage = storage;
  }

  get(key: string): string | null {
    try {
      return this.#storage()?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** Whether it is stored now. */
  set(key: string, text: string): boolean {
    try {
      this.#storage()?.setItem(key, text);
    } catch {
      // What was there before still is.
    }
    return this.get(key) === text;
  }

  remove(key: string): void {
    try {
      this.#storage()?.removeItem(key);
    } catch {
      // Nothing can have been stored.
    }
  }
}
