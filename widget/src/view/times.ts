// Times as a person says them, in the reader's language and time zone.

import type { Texts } from '../texts';

export class Times {
  readonly #clock: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #texts: Texts;

  constructor(locale: string, texts: Texts) {
    this.#texts = texts;
    this.#clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    this.#date = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
    this.#weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  }

  time(at: number): string {
    return this.#clock.format(at);
  }

  exact(at: number): string {
    return this.#full.format(at);
  }

  /** "Today", "Yesterday", "3 Sept". */
  day(at: number, now: number): string {
    const days = daysBetween(at, now);
    if (days === 0) return this.#texts.today;
    return days === 1 ? this.#texts.yesterday : this.#date.format(at);
  }

  /** A moment to come: "14:00", "Monday 09:00", "3 Oct 09:00". */
  comes(at: number, now: number): string {
    const days = daysBetween(now, at);
    if (days === 0) return this.time(at);
    return `${(days < 7 ? this.#weekday : this.#date).format(at)} ${this.time(at)}`;
  }
}

/** Midnights between two moments, here. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((new Date(later).setHours(0, 0, 0, 0) - new Date(earlier).setHours(0, 0, 0, 0)) / 86_400_000);
}
