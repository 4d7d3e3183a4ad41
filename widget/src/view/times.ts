// Times as a person says them, in the reader's language and time zone.

import type { Texts } from '../texts';

/** A format is dear to make: not before somebody needs it. */
type Format = (at: number) => string;

export class Times {
  readonly time: Format;
  readonly exact: Format;
  readonly #date: Format;
  readonly #weekday: Format;
  readonly #texts: Texts;

  constructor(locale: string, texts: Texts) {
    this.#texts = texts;
    const format = (options: Intl.DateTimeFormatOptions): Format => {
      let made: Intl.DateTimeFormat | undefined;
      return (at) => (made ??= new Intl.DateTimeFormat(locale, options)).format(at);
    };
    this.time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    this.exact = format({ dateStyle: 'full', timeStyle: 'medium' });
    this.#date = format({ month: 'short', day: 'numeric' });
    this.#weekday = format({ weekday: 'long' });
  }

  /** "Today", "Yesterday", "3 Sept". */
  day(at: number, now: number): string {
    const days = daysBetween(at, now);
    if (days === 0) return this.#texts.today;
    return days === 1 ? this.#texts.yesterday : this.#date(at);
  }

  /** A moment to come: "14:00", "Monday 09:00", "3 Oct 09:00". */
  comes(at: number, now: number): string {
    const days = daysBetween(now, at);
    if (days === 0) return this.time(at);
    return `${(days < 7 ? this.#weekday : this.#date)(at)} ${this.time(at)}`;
  }
}

/** Midnights between two moments, here. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((new Date(later).setHours(0, 0, 0, 0) - new Date(earlier).setHours(0, 0, 0, 0)) / 86_400_000);
}

/** How long today still is. */
export function untilMidnight(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0) - now;
}
