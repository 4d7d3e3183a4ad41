// A message that others have and we do not: waits a moment for it, then asks for it by connecting anew.

const GAP_MS_FIRST = 2_000;
const GAP_MS_MAX = 60_000;

export class Gap {
  #waitMs = GAP_MS_FIRST;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #reconnect: () => void;

  constructor(reconnect: () => void) {
    this.#reconnect = reconnect;
  }

  /** `behind`: there is a connection, and the server has more than we do. */
  changed(connected: boolean, behind: boolean): void {
    if (!connected || !behind) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      // Only having caught up ends the growing patience; a new connection alone proves nothing.
      if (!behind) this.#waitMs = GAP_MS_FIRST;
    } else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#reconnect();
      }, this.#waitMs);
      this.#waitMs = Math.min(GAP_MS_MAX, this.#waitMs * 2);
    }
  }
}
