// Where the visitor writes. Enter sends, Shift+Enter breaks the line, and Enter that only ends a composition of an
// input method does neither.

import { TEXT_CHARS_MAX } from '../protocol';
import type { Language, Texts } from '../texts';
import { characters } from '../words';
import { h, setText, show } from './dom';
import { icon } from './icons';

/** The counter shows from here on. */
const COUNTER_FROM = TEXT_CHARS_MAX - 500;

/** What `keydown` says for a key that an input method swallows; Safari says nothing better. */
const KEY_OF_INPUT_METHOD = 229;

export interface ComposerActions {
  /** False if the message was not taken. */
  say: (text: string) => boolean;
  typing: (text: string) => void;
}

export class Composer {
  readonly element: HTMLFormElement;
  private readonly box: HTMLTextAreaElement;
  private readonly sendButton: HTMLButtonElement;
  private readonly note = h('p', { class: 'note', id: 'note', role: 'status' });
  private readonly numbers: Intl.NumberFormat;

  constructor(
    private readonly texts: Texts,
    language: Language,
    private readonly actions: ComposerActions,
  ) {
    this.numbers = new Intl.NumberFormat(language);
    this.box = h('textarea', {
      rows: '1',
      'aria-label': texts.message,
      'aria-describedby': 'note',
      placeholder: texts.placeholder,
      enterkeyhint: 'send',
    });
    this.sendButton = h('button', { class: 'send', 'aria-label': texts.send, title: texts.send }, icon('send'));
    this.element = h('form', { class: 'composer' }, this.note, h('div', { class: 'field' }, this.box, this.sendButton));
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener('input', () => {
      this.changed();
      actions.typing(this.box.value);
    });
    this.box.addEventListener('keydown', (event) => {
      const composing = event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD;
      if (event.key !== 'Enter' || event.shiftKey || composing) return;
      event.preventDefault();
      this.submit();
    });
    this.changed();
  }

  focus(): void {
    this.box.focus();
  }

  private submit(): void {
    if (this.sendButton.disabled) return;
    if (!this.actions.say(this.box.value)) {
      this.say(this.texts.full, true);
      return;
    }
    this.box.value = '';
    this.changed();
    this.box.focus();
  }

  private changed(): void {
    const { value } = this.box;
    // Characters are never more than code units: most texts need no counting.
    const count = value.length > COUNTER_FROM ? characters(value) : value.length;
    const tooLong = count > TEXT_CHARS_MAX;
    const { numbers, texts } = this;
    this.say(count > COUNTER_FROM ? texts.tooLong(numbers.format(count), numbers.format(TEXT_CHARS_MAX)) : '', tooLong);
    this.sendButton.disabled = tooLong || value.trim() === '';
    this.box.style.height = 'auto';
    if (value !== '') this.box.style.height = `${this.box.scrollHeight}px`;
  }

  private say(text: string, wrong: boolean): void {
    show(this.note, text !== '');
    setText(this.note, text);
    this.note.classList.toggle('wrong', wrong);
  }
}
