// Who one talks to, and the ways out: closing the panel, ending the conversation.

import type { State } from '../state';
import type { Texts } from '../texts';
import { button, h, setText, show } from './dom';
import { icon, seats } from './icons';
import { hasWritten } from './missed';
import { agentName, isBlank } from './names';

export interface HeaderActions {
  close: () => void;
  leave: () => void;
}

export class Header {
  readonly element: HTMLElement;
  readonly #mark = seats();
  readonly #initial = h('span');
  readonly #avatar = h('div', { class: 'avatar', 'aria-hidden': 'true' }, this.#initial, this.#mark);
  readonly #title = h('h2', { id: 'title' });
  readonly #subtitle = h('p', { class: 'quiet' });
  readonly #leaveButton: HTMLButtonElement;
  readonly #question = h('p');
  readonly #yes: HTMLButtonElement;
  readonly #ask: HTMLElement;
  readonly #texts: Texts;

  constructor(texts: Texts, actions: HeaderActions) {
    this.#texts = texts;
    this.#leaveButton = button({ class: 'plain' }, () => this.#asking(true), icon('leave'));
    this.#yes = button({ class: 'danger' }, () => {
      this.#asking(false);
      actions.leave();
    });
    const no = button({ class: 'secondary' }, () => this.#asking(false), texts.leaveNo);
    this.#ask = h('div', { class: 'ask', role: 'group', 'aria-labelledby': 'ask', hidden: '' }, this.#question, no, this.#yes);
    this.#question.id = 'ask';
    const close = button({ class: 'plain', 'aria-label': texts.closeChat, title: `${texts.closeChat} (Esc)` }, actions.close);
    close.append(icon('close'));
    // No `header` element: that would be a second banner of the page.
    this.element = h(
      'div',
      { class: 'header' },
      this.#avatar,
      h('div', { class: 'who' }, this.#title, this.#subtitle),
      this.#leaveButton,
      close,
      this.#ask,
    );
  }

  /** Closes the question, if it is open; says whether it was. */
  dismiss(): boolean {
    if (this.#ask.hidden) return false;
    this.#asking(false);
    return true;
  }

  update(state: State): void {
    const place = state.conversation?.place;
    const seated = place?.state === 'seated';
    const agent = seated && !isBlank(place.agent) ? place.agent : null;
    setText(this.#title, agentName(this.#texts, agent ?? ''));
    setText(this.#subtitle, this.#subtitleOf(state));
    setText(this.#initial, agent === null ? '' : initialOf(agent));
    show(this.#initial, agent !== null);
    // Of somebody else's presence nothing is known without a connection of one's own.
    const known = place?.state === 'seated' && state.link.state === 'ready';
    this.#avatar.dataset['presence'] = !known ? '' : place.agent_here ? 'here' : 'away';
    this.#mark.toggleAttribute('hidden', agent !== null);

    const waiting = place?.state === 'waiting';
    const label = waiting ? this.#texts.leaveLine : this.#texts.leave;
    const mayLeave = state.link.state === 'ready' && (waiting || seated);
    show(this.#leaveButton, mayLeave);
    this.#leaveButton.setAttribute('aria-label', label);
    this.#leaveButton.title = label;
    setText(this.#question, waiting ? this.#texts.leaveLineAsk : this.#texts.leaveAsk);
    setText(this.#yes, label);
    if (!mayLeave) show(this.#ask, false);
  }

  #subtitleOf(state: State): string {
    const place = state.conversation?.place;
    if (!place) return state.link.state === 'connecting' ? this.#texts.connecting : '';
    switch (place.state) {
      case 'seated':
        if (!place.agent_here) return this.#texts.away;
        return state.agentTyping ? this.#texts.typing : isBlank(place.agent) ? '' : this.#texts.title;
      case 'waiting':
        return this.#texts.inLine;
      case 'missed':
        return hasWritten(state) ? this.#texts.left : this.#texts.missed;
      case 'closed':
        return this.#texts.over;
      default:
        return '';
    }
  }

  #asking(open: boolean): void {
    show(this.#ask, open);
    if (open) this.#yes.focus();
    else if (!this.#leaveButton.hidden) this.#leaveButton.focus();
  }
}

/** The first letter or digit, as on the desk. */
function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? '·';
}
