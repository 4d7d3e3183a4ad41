// The part of the panel that scrolls: greeting, messages, what the agent is doing, the form of a missed conversation.
// Stays at the end if the reader is there, and stays put if they are reading above.

import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import type { Hero } from './hero';
import { icon } from './icons';
import type { Messages } from './messages';
import type { Missed } from './missed';

/** So near the end counts as at the end. */
const END_PX = 48;

export class Talk {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  /** The agent has lost the connection. */
  readonly #held = h('p', { class: 'held', hidden: '' });
  readonly #typing = h('div', { class: 'typing', hidden: '', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  readonly #latest: HTMLButtonElement;
  #atEnd = true;
  readonly #texts: Texts;
  readonly #hero: Hero;
  readonly #messages: Messages;
  readonly #missed: Missed;

  constructor(texts: Texts, hero: Hero, messages: Messages, missed: Missed) {
    this.#texts = texts;
    this.#hero = hero;
    this.#messages = messages;
    this.#missed = missed;
    this.#scroller = h(
      'div',
      { class: 'scroller', tabindex: '0', role: 'group', 'aria-label': texts.talk },
      hero.element,
      messages.element,
      this.#held,
      this.#typing,
      missed.element,
    );
    this.#latest = button(
      { class: 'latest', 'aria-label': texts.latest, title: texts.latest, hidden: '' },
      () => this.#toEnd(),
      icon('down'),
    );
    this.element = h('div', { class: 'talk' }, this.#scroller, this.#latest);
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // The composer grows, the keyboard opens: the end stays in sight.
    new ResizeObserver(() => this.#settle()).observe(this.#scroller);
  }

  update(state: State, before: State | null): void {
    const place = state.conversation?.place;
    const away = place?.state === 'seated' && !place.agent_here && state.link.state === 'ready';
    this.#hero.update(state);
    this.#messages.update(state);
    this.#missed.update(state);
    setText(this.#held, away ? this.#texts.agentAway(place.agent) : '');
    show(this.#held, away);
    show(this.#typing, state.agentTyping);
    const wrote = state.pending.length > (before?.pending.length ?? 0);
    if (wrote) this.#atEnd = true;
    this.#settle();
  }

  #settle(): void {
    if (this.#atEnd) this.#toEnd();
  }

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // A hidden panel has no height and no opinion.
    if (clientHeight === 0) return;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    show(this.#latest, !this.#atEnd);
  }
}
