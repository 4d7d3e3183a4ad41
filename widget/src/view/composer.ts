// Where the visitor writes. Enter sends, Shift+Enter breaks the line.

import { TEXT_CHARS_MAX } from '../protocol';
import type { Language, Texts } from '../texts';
import { characters } from '../words';
import { h, setText, show } from './dom';
import { listen } from './events';
import { icon } from './icons';

/** The counter shows from here on. */
const COUNTER_FROM = TEXT_CHARS_MAX - 500;

export interface ComposerActions {
  /** False if the message was not taken. */
  say: (text: string) => boolean;
  typing: (text: string) => void;
}

export class Composer {
  readonly element: HTMLFormElement;
  readonly #box: HTMLTextAreaElement;
  readonly #sendButton: HTMLButtonElement;
  readonly #note = h('p', { class: 'note', id: 'note', role: 'status' });
  readonly #language: Language;
  readonly #texts: Texts;
  readonly #actions: ComposerActions;

  constructor(texts: Texts, language: Language, actions: ComposerActions) {
    this.#texts = texts;
    this.#actions = actions;
    this.#language = language;
    this.#box = h('textarea', {
      rows: '1',
      dir: 'auto',
      'aria-label': texts.message,
      'aria-describedby': 'note',
      placeholder: texts.placeholder,
      enterkeyhint: 'send',
    });
    this.#sendButton = h('button', { class: 'send', 'aria-label': texts.send, title: texts.send }, icon('send'));
    this.element = h('form', { class: 'composer' }, this.#note, h('div', { class: 'field' }, this.#box, this.#sendButton));
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    listen(this.#box, 'input', () => {
      this.#changed();
      actions.typing(this.#box.value);
    });
    listen(this.#box, 'keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      this.#submit();
    });
    this.#changed();
  }

  focus(): void {
    this.#box.focus();
  }

  get text(): string {
    return this.#box.value;
  }

  set text(text: string) {
    this.#box.value = text;
    this.#changed();
  }

  #submit(): void {
    if (this.#sendButton.disabled) return;
    if (!this.#actions.say(this.#box.value)) {
      this.#say(this.#texts.lostKept, true);
      return;
    }
    this.text = '';
    this.#box.focus();
  }

  #changed(): void {
    const { value } = this.#box;
    // Characters are never more than code units: most texts need no counting.
    const count = value.length > COUNTER_FROM ? characters(value) : value.length;
    const tooLong = count > TEXT_CHARS_MAX;
    const texts = this.#texts;
    const left = (): string => Math.abs(TEXT_CHARS_MAX - count).toLocaleString(this.#language);
    this.#say(count > COUNTER_FROM ? (tooLong ? texts.tooLong : texts.stillFit)(left()) : '', tooLong);
    this.#sendButton.disabled = tooLong || value.trim() === '';
    this.#box.style.height = 'auto';
    if (value !== '') this.#box.style.height = `${this.#box.scrollHeight}px`;
  }

  #say(text: string, wrong: boolean): void {
    show(this.#note, text !== '');
    setText(this.#note, text);
    this.#note.classList.toggle('wrong', wrong);
  }
}
