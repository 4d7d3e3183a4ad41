// The part of the panel that scrolls: greeting, messages, what the agent is doing, the form of a missed conversation.
// Stays at the end if the reader is there, and stays put if they are reading above; who reads upward gets what is there.

import { isBehind, type State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import { Earlier } from './earlier';
import type { Hero } from './hero';
import { icon } from './icons';
import type { Messages } from './messages';
import type { Missed } from './missed';
import { agentName } from './names';

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
  /** So little is there that it fits without scrolling. */
  #fits = false;
  #state: State | null = null;
  readonly #earlier: Earlier;
  readonly #askEarlier: () => void;
  readonly #texts: Texts;
  readonly #hero: Hero;
  readonly #messages: Messages;
  readonly #missed: Missed;

  constructor(texts: Texts, hero: Hero, messages: Messages, missed: Missed, askEarlier: () => void) {
    this.#texts = texts;
    this.#askEarlier = askEarlier;
    this.#earlier = new Earlier(texts, () => this.#showEarlier(true));
    this.#hero = hero;
    this.#messages = messages;
    this.#missed = missed;
    this.#scroller = h(
      'div',
      { class: 'scroller', tabindex: '0', role: 'group', 'aria-label': texts.talk },
      hero.element,
      this.#earlier.element,
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
    this.#state = state;
    const place = state.conversation?.place;
    const away = place?.state === 'seated' && !place.agent_here && state.link.state === 'ready';
    this.#hero.update(state);
    if (state.pending.length > (before?.pending.length ?? 0)) this.#atEnd = true;
    this.#change('first', () => this.#messages.update(state, this.#atEnd, !this.#fits));
    this.#missed.update(state);
    setText(this.#held, away ? this.#texts.agentAway(agentName(this.#texts, place.agent)) : '');
    show(this.#held, away);
    show(this.#typing, state.agentTyping);
    this.#settle();
    this.#readOn();
  }

  #settle(): void {
    if (this.#atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Brings what is earlier or later, if the reader has come near it. */
  #readOn(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const messages = this.#messages;
    if (!this.#state?.panelOpen) return;
    if (messages.earlier && scrollTop < clientHeight / 2) {
      this.#fits = this.#atEnd;
      this.#showEarlier(false);
    } else if (messages.later && scrollHeight - scrollTop < 1.5 * clientHeight) {
      this.#change('last', () => messages.showLater());
    }
  }

  /** `wanted`: the reader says so, also once it has failed. */
  #showEarlier(wanted: boolean): void {
    this.#change('first', () => {
      const state = this.#state;
      if (!state || this.#messages.showEarlier()) return;
      // While the end is still coming, it is not known what else will be wanted.
      if (wanted || (state.link.state === 'ready' && state.earlier === 'here' && !isBehind(state))) this.#askEarlier();
    });
  }

  /** Changes what is shown, but for that message, which stays where it is on the screen. */
  #change(stays: 'first' | 'last', change: () => void): void {
    const scroller = this.#scroller;
    const anchor = this.#atEnd ? null : this.#messages.text(stays);
    const top = anchor?.offsetTop ?? 0;
    const focused = this.#earlier.hasFocus;
    change();
    if (this.#state) this.#earlier.update(this.#state, this.#messages.earlier);
    if (anchor?.isConnected) scroller.scrollTop += anchor.offsetTop - top;
    // There are no earlier ones any more, and the way to them is gone.
    if (focused && this.#earlier.element.hidden) scroller.focus();
  }

  #toEnd(): void {
    this.#atEnd = true;
    this.#change('last', () => this.#messages.showEnd());
    this.#settle();
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // A hidden panel has no height and no opinion.
    if (clientHeight === 0) return;
    this.#atEnd = !this.#messages.later && scrollHeight - scrollTop - clientHeight < END_PX;
    show(this.#latest, !this.#atEnd);
    this.#readOn();
  }
}
