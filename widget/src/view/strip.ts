// One line below the header when the connection is not as it should be.

import type { State } from '../state';
import type { Texts } from '../texts';
import { isAllThereIs, troubleOf, type Trouble } from './connection';
import { button, h, setText, show } from './dom';

/** A short loss of the connection is nobody's business. */
const PATIENCE_MS = 1_000;

export class Strip {
  readonly element: HTMLElement;
  readonly #words = h('span');
  readonly #mend: HTMLButtonElement;
  #trouble: Trouble | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #texts: Texts;

  constructor(texts: Texts, reconnect: () => void) {
    this.#texts = texts;
    this.#mend = button({ class: 'secondary' }, reconnect, texts.tryNow);
    this.element = h('div', { class: 'strip', role: 'status', hidden: '' }, this.#words, this.#mend);
  }

  update(state: State): void {
    this.#trouble = isAllThereIs(state) ? null : troubleOf(this.#texts, state);
    if (!this.#trouble || !this.element.hidden || state.link.state === 'ended') this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), PATIENCE_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const trouble = this.#trouble;
    setText(this.#words, trouble ? trouble.text : '');
    show(this.#mend, trouble?.mendable === true);
    show(this.element, trouble !== null);
  }
}
