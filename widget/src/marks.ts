// Tells the server how far the visitor's page has received and the visitor has read; a moment late, so that a run of
// messages makes one mark.

import type { GuestFrame, Seq } from './protocol';
import { isTheirs, unread, type State } from './state';

const MARKS_DELAY_MS = 250;

export class Marks {
  #delivered: Seq = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #state: () => State;
  /** The panel is open and the page in sight. */
  readonly #reading: () => boolean;
  readonly #send: (frame: GuestFrame) => boolean;
  readonly #onRead: (seq: Seq) => void;

  constructor(
    state: () => State,
    reading: () => boolean,
    send: (frame: GuestFrame) => boolean,
    onRead: (seq: Seq) => void,
  ) {
    this.#state = state;
    this.#reading = reading;
    this.#send = send;
    this.#onRead = onRead;
  }

  /** Something has changed that may be worth a mark. */
  changed(): void {
    if (this.#timer === undefined && this.#due().length > 0) {
      this.#timer = setTimeout(() => this.flush(), MARKS_DELAY_MS);
    }
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const mark of this.#due()) {
      if (!this.#send(mark)) return;
      if (mark.type === 'delivered') this.#delivered = mark.seq;
      else this.#onRead(mark.seq);
    }
  }

  /** Another connection or conversation: what was said on the one before may not have arrived. */
  reset(): void {
    this.#delivered = 0;
  }

  #due(): { type: 'delivered' | 'read'; seq: Seq }[] {
    const state = this.#state();
    if (state.link.state !== 'ready' || !state.conversation) return [];
    const ofAgent = (at: number): boolean => {
      const message = state.messages[at];
      return !message || (isTheirs(message) && message.seq <= state.have);
    };
    let at = state.messages.length - 1;
    while (!ofAgent(at)) at--;
    const latest = state.messages[at]?.seq ?? 0;
    const due: { type: 'delivered' | 'read'; seq: Seq }[] = [];
    if (latest > this.#delivered) due.push({ type: 'delivered', seq: latest });
    if (this.#reading() && unread(state) > 0 && latest > state.conversation.guest_read) {
      due.push({ type: 'read', seq: latest });
    }
    return due;
  }
}
