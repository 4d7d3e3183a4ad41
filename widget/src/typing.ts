// What stands in the box so far, told at most once a second, and at once when the box is empty again.

import { PREVIEW_CHARS_MAX } from './protocol';
import { firstCharacters } from './words';

export const TYPING_MS_MIN = 1_000;

export class Typing {
  #text = '';
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #send: (text: string) => void;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  changed(text: string): void {
    this.#text = firstCharacters(text.trim() === '' ? '' : text, PREVIEW_CHARS_MAX);
    if (this.#text === '') this.stop();
    else if (this.#timer === undefined) this.#tell();
  }

  /** Nothing more is coming: the message is sent, the box empty or the panel closed. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#text = '';
    if (this.#told !== '') this.#send((this.#told = ''));
  }

  #tell(): void {
    if (this.#text !== this.#told) this.#send((this.#told = this.#text));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#text !== this.#told) this.#tell();
    }, TYPING_MS_MIN);
  }
}
