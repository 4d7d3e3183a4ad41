// Above the messages, while there are earlier ones: a way to them that needs no scrolling, and what became of it.

import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';

export class Earlier {
  readonly element: HTMLElement;
  readonly #said = h('p', { class: 'quiet', role: 'status' });
  readonly #show: HTMLButtonElement;
  readonly #texts: Texts;

  constructor(texts: Texts, showEarlier: () => void) {
    this.#texts = texts;
    this.#show = button({ class: 'secondary' }, showEarlier, texts.earlier);
    this.element = h('div', { class: 'earlier', hidden: '' }, this.#said, this.#show);
  }

  get hasFocus(): boolean {
    return this.#show.matches(':focus');
  }

  update({ earlier }: State, more: boolean): void {
    const texts = this.#texts;
    show(this.element, more);
    setText(this.#said, earlier === 'here' ? '' : earlier === 'asked' ? texts.earlierAsked : texts.earlierFailed);
    setText(this.#show, earlier === 'failed' ? texts.retry : texts.earlier);
  }
}
