// The line: a row of dots that shortens toward a seat. The last dot is the visitor, the others are the people really
// ahead, as many as fit.

import type { Place } from '../protocol';
import type { Texts } from '../texts';
import { h, setText, show } from './dom';

const DOTS_MAX = 10;
const DOT_STEP_PX = 20;

export class Line {
  readonly element: HTMLElement;
  private readonly row = h('div', { class: 'row', 'aria-hidden': 'true' });
  private readonly position = h('p', { class: 'position' });
  private readonly detail = h('p', { class: 'quiet' });
  /** Nearest the seat first; the last is the visitor. */
  private readonly dots: HTMLElement[] = [];

  constructor(private readonly texts: Texts) {
    const words = h('div', { role: 'status' }, this.position, this.detail);
    this.row.append(h('span', { class: 'seat' }));
    this.element = h('div', { class: 'line', hidden: '' }, this.row, words);
  }

  update(place: Place | undefined): void {
    show(this.element, place?.state === 'waiting');
    if (place?.state !== 'waiting') return;
    this.draw(Math.min(place.ahead + 1, DOTS_MAX));
    setText(this.position, positionText(this.texts, place.ahead, place.estimate_s));
    setText(this.detail, detailText(this.texts, place));
  }

  private draw(count: number): void {
    while (this.dots.length > count) {
      const seated = this.dots.shift();
      if (!seated) break;
      seated.classList.add('gone');
      seated.style.transform = `translateX(${-DOT_STEP_PX}px)`;
      // Without motion there is no transition to wait for.
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) seated.remove();
      else seated.addEventListener('transitionend', () => seated.remove(), { once: true });
    }
    while (this.dots.length < count) {
      const dot = h('span', { class: 'dot' });
      this.dots.push(dot);
      this.row.append(dot);
    }
    this.dots.forEach((dot, index) => {
      dot.classList.toggle('me', index === count - 1);
      dot.style.transform = `translateX(${DOT_STEP_PX * index}px)`;
    });
  }
}

function detailText(texts: Texts, place: Extract<Place, { state: 'waiting' }>): string {
  if (!place.staffed) return texts.unstaffed;
  const reason = texts.waitReason[place.reason];
  // Who has lost a seat has been writing all along.
  return place.reason === 'arrived' ? reason + texts.gap + texts.writeAlready : reason;
}

/** "3 people ahead of you, about 4 min"; no time where the server has no basis for one. */
export function positionText(texts: Texts, ahead: number, estimateS: number | null): string {
  if (estimateS === null) return texts.ahead(ahead);
  const minutes = estimateS < 60 ? 0 : Math.ceil(estimateS / 60);
  return texts.ahead(ahead) + texts.about(minutes > 60 ? null : minutes);
}
