// The round button that opens and closes the panel, with the number of unread messages.

import { unread, type State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import { icon, seats } from './icons';

export class Launcher {
  readonly element: HTMLButtonElement;
  readonly #badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: '' });
  readonly #texts: Texts;

  constructor(texts: Texts, onClick: () => void) {
    this.#texts = texts;
    const attributes = { class: 'launcher', 'aria-controls': 'panel', 'aria-haspopup': 'dialog' };
    this.element = button(attributes, onClick, seats(), icon('down'), this.#badge);
  }

  update(state: State): void {
    const count = state.panelOpen ? 0 : unread(state);
    show(this.#badge, count > 0);
    // What is earlier than what is here may be unread as well.
    const more = state.after > (state.conversation?.guest_read ?? 0);
    setText(this.#badge, count > 99 ? '99+' : count + (more ? '+' : ''));
    this.element.setAttribute('aria-expanded', String(state.panelOpen));
    this.element.setAttribute('aria-label', state.panelOpen ? this.#texts.closeChat : this.#texts.openChat(count, more));
  }
}
