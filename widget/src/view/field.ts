// A labelled field of a form, with a hint below it, or what is wrong.

import { h, setText, show } from './dom';
import { listen } from './events';

export class Field<T extends HTMLInputElement | HTMLTextAreaElement> {
  readonly element: HTMLElement;
  readonly #note = h('p', { class: 'hint' });
  readonly #hint: string;

  constructor(id: string, label: string, readonly input: T, hint = '') {
    this.#hint = hint;
    input.id = id;
    this.#note.id = `${id}-note`;
    input.setAttribute('aria-describedby', this.#note.id);
    // What is being mended is not wrong any more.
    listen(input, 'input', () => this.wrong(''));
    this.element = h('div', {}, h('label', { for: id }, label), input, this.#note);
    this.wrong('');
  }

  wrong(text: string): void {
    this.input.setAttribute('aria-invalid', String(text !== ''));
    this.#note.classList.toggle('wrong', text !== '');
    setText(this.#note, text || this.#hint);
    show(this.#note, (text || this.#hint) !== '');
  }
}
