// What the widget says, in the reader's language.

import { en } from './en';
import type { Texts } from './texts';
import { zh } from './zh';

export type { Texts } from './texts';
export type Language = 'en' | 'zh-CN';

export const LANGUAGES: Readonly<Record<Language, Texts>> = { en, 'zh-CN': zh };

/** The first of the wishes that is a language we have: the script tag's, the page's, the browser's. */
export function languageOf(...wishes: (string | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** For dates and times: the browser's own habits, if they are habits of the same language. */
export function localeOf(language: Language, browserLanguage: string): string {
  return languageOf(browserLanguage) === language && browserLanguage ? browserLanguage : language;
}
