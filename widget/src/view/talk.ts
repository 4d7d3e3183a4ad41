// The part of the panel that scrolls: greeting, messages, what the agent is doing, the form of a missed conversation.
// Stays at the end if the reader is there, and stays put if they are reading above.

import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, show } from './dom';
import { icon, seats } from './icons';
import type { Messages } from './messages';
import type { Missed } from './missed';

/** So near the end counts as at the end. */
const END_PX = 48;

export class Talk {
  readonly element: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly typing = h('div', { class: 'typing', hidden: '', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  private readonly latest: HTMLButtonElement;
  private atEnd = true;

  constructor(
    texts: Texts,
    private readonly messages: Messages,
    private readonly missed: Missed,
  ) {
    this.greeting = h('div', { class: 'greeting' }, seats(), h('p', {}, texts.greeting));
    this.scroller = h(
      'div',
      { class: 'scroller', tabindex: '0', role: 'group', 'aria-label': texts.talk },
      this.greeting,
      messages.element,
      this.typing,
      missed.element,
    );
    this.latest = button(
      { class: 'latest', 'aria-label': texts.latest, title: texts.latest, hidden: '' },
      () => this.toEnd(),
      icon('down'),
    );
    this.element = h('div', { class: 'talk' }, this.scroller, this.latest);
    this.scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    // The composer grows, the keyboard opens: the end stays in sight.
    new ResizeObserver(() => this.settle()).observe(this.scroller);
  }

  update(state: State, before: State | null): void {
    const place = state.conversation?.place.state;
    this.messages.update(state);
    this.missed.update(state);
    show(this.greeting, place !== 'missed' && place !== 'closed' && !state.messages.some((m) => m.body.kind === 'text'));
    show(this.typing, state.agentTyping);
    const wrote = state.pending.length > (before?.pending.length ?? 0);
    if (wrote) this.atEnd = true;
    this.settle();
  }

  private settle(): void {
    if (this.atEnd) this.toEnd();
  }

  private toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    // A hidden panel has no height and no opinion.
    if (clientHeight === 0) return;
    this.atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    show(this.latest, !this.atEnd);
  }
}
