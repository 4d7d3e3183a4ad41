// One line below the header when the connection is not as it should be.

import type { State } from '../state';
import type { Texts } from '../texts';
import { endedKind } from '../texts/texts';
import { button, h, setText, show } from './dom';

export class Strip {
  readonly element: HTMLElement;
  private readonly words = h('span');
  private readonly again: HTMLButtonElement;

  constructor(
    private readonly texts: Texts,
    reconnect: () => void,
  ) {
    this.again = button({ class: 'secondary' }, reconnect, texts.tryAgain);
    this.element = h('div', { class: 'strip', role: 'status', hidden: '' }, this.words, this.again);
  }

  update(state: State): void {
    const { link } = state;
    const text = this.textOf(state);
    setText(this.words, text);
    show(this.again, link.state === 'ended');
    show(this.element, text !== '');
    this.element.classList.toggle('ended', link.state === 'ended');
  }

  private textOf({ link, pending }: State): string {
    if (link.state === 'ended') return this.texts.ended[endedKind(link.why)];
    if (link.state !== 'lost') return '';
    return pending.length > 0 ? this.texts.lostKept : this.texts.lost;
  }
}
