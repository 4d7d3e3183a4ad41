// The line: a row of dots that shortens toward a seat. The last dot is the visitor, the others are the people really
// ahead; where they are more than fit, the row thins out before the visitor.

import { EXACT_AHEAD_MAX, type GuestPlace } from '../protocol';
import type { State } from '../state';
import type { Texts } from '../texts';
import { h, setText, show } from './dom';

type Waiting = Extract<GuestPlace, { state: 'waiting' }>;

const DOTS_MAX = 12;
const DOT_STEP_PX = 20;
const SEAT_PX = 36;

export class Line {
  readonly element: HTMLElement;
  readonly #row = h('div', { class: 'row', 'aria-hidden': 'true' });
  readonly #ahead = h('span');
  /** Breaks as one, if it must. */
  readonly #about = h('span', { class: 'about' });
  readonly #detail = h('p', { class: 'quiet' });
  /** Nearest the seat first; the last is the visitor. */
  readonly #dots: HTMLElement[] = [];
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
    this.#row.append(h('span', { class: 'seat' }));
    const position = h('p', { class: 'position' }, this.#ahead, this.#about);
    this.element = h('div', { class: 'line', hidden: '' }, this.#row, position, this.#detail);
  }

  update(state: State): void {
    const place = state.conversation?.place;
    show(this.element, place?.state === 'waiting');
    if (place?.state !== 'waiting') return;
    this.#draw(Math.min(place.ahead + 1, DOTS_MAX));
    this.#row.classList.toggle('more', place.ahead >= DOTS_MAX);
    const about = aboutText(this.#texts, place);
    setText(this.#ahead, aheadText(this.#texts, place.ahead) + (about && this.#texts.comma));
    setText(this.#about, about);
    setText(this.#detail, detailText(this.#texts, place, state.link.state !== 'lost'));
  }

  #draw(count: number): void {
    while (this.#dots.length > count) {
      const seated = this.#dots.shift();
      if (!seated) break;
      seated.classList.add('gone');
      seated.style.transform = `translateX(${-DOT_STEP_PX}px)`;
      // Without motion there is no transition to wait for.
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) seated.remove();
      else seated.addEventListener('transitionend', () => seated.remove(), { once: true });
    }
    while (this.#dots.length < count) {
      const dot = h('span', { class: 'dot' });
      this.#dots.push(dot);
      this.#row.append(dot);
    }
    this.#dots.forEach((dot, index) => {
      dot.classList.toggle('me', index === count - 1);
      dot.style.transform = `translateX(${DOT_STEP_PX * index}px)`;
    });
    this.#row.style.width = `${SEAT_PX + DOT_STEP_PX * count}px`;
  }
}

/** "3 people ahead of you". Further back than the server counts exactly the number is a round one. */
export function aheadText(texts: Texts, ahead: number): string {
  return ahead > EXACT_AHEAD_MAX ? texts.aheadAbout(ahead) : texts.ahead(ahead);
}

/** "about 4 min"; empty where there is no basis for a number. */
export function aboutText(texts: Texts, { estimate_s, staffed, agents_here }: Waiting): string {
  if (estimate_s === null || !staffed || !agents_here) return '';
  const minutes = estimate_s < 60 ? 0 : Math.ceil(estimate_s / 60);
  return texts.about(minutes > 60 ? null : minutes);
}

/** Why the visitor waits, if they had a seat before, and what happens next. */
export function detailText(texts: Texts, place: Waiting, connected: boolean): string {
  const why = texts.waitReason[place.reason] ?? '';
  return why + (why && texts.gap) + next(texts, place, connected);
}

function next(texts: Texts, { reason, staffed, agents_here }: Waiting, connected: boolean): string {
  if (!connected) return texts.kept;
  if (!staffed || !agents_here) return texts.nobody + texts.gap + texts.kept;
  return reason === 'arrived' || reason === 'guest_away' ? texts.soon : texts.first;
}
