// What the panel says while nobody has said anything: a greeting, who is there, or why there is no chat.

import { hasTexts, isByForm, type State } from '../state';
import type { Texts } from '../texts';
import { isAllThereIs, troubleOf } from './connection';
import { button, h, setText, show } from './dom';
import { seats } from './icons';
import { agentName } from './names';

/** These have a place of their own on the panel. */
const SAID_ELSEWHERE = ['waiting', 'missed', 'closed'];

export class Hero {
  readonly element: HTMLElement;
  readonly #title = h('p', { class: 'headline' });
  readonly #text = h('p', { class: 'quiet' });
  readonly #mend: HTMLButtonElement;
  readonly #texts: Texts;

  constructor(texts: Texts, reconnect: () => void) {
    this.#texts = texts;
    this.#mend = button({ class: 'secondary' }, reconnect, texts.tryNow);
    this.element = h('div', { class: 'hero' }, seats(), this.#title, this.#text, this.#mend);
  }

  update(state: State): void {
    const texts = this.#texts;
    const { link } = state;
    const place = state.conversation?.place;
    // One failed try on the way in is no news.
    const patient = link.state === 'lost' && link.tries < 2 && !link.why;
    const trouble = patient || !isAllThereIs(state) ? null : troubleOf(texts, state);
    const elsewhere = isByForm(state) || (place && SAID_ELSEWHERE.includes(place.state));
    show(this.element, !hasTexts(state) && !elsewhere);
    this.element.classList.toggle('busy', link.state === 'connecting' || patient);
    this.element.classList.toggle('trouble', trouble !== null);
    setText(this.#title, trouble ? trouble.text : texts.hello);
    setText(this.#text, trouble ? '' : place?.state === 'seated' ? texts.seated(agentName(texts, place.agent)) : texts.question);
    show(this.#mend, trouble?.mendable === true);
  }
}
