// The words on screen, in both languages, from where the product has them: so that a screen can be worked whatever its
// language is, and words that one language lacks can be found.

import en from '../../app/locales/en.json' with { type: 'json' }
import zh from '../../app/locales/zh.json' with { type: 'json' }
import { LANGUAGES as WIDGET } from '../../widget/src/texts/index.ts'

export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** Desk and console. */
export const WORDS: Record<Language, typeof en> = { en, zh }

/** The widget. */
export const TEXTS = { en: WIDGET.en, zh: WIDGET['zh-CN'] }

/** What a browser of such a reader says. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' }

/** A word of the product as the pattern of what it becomes: `{{ n }}` stands for anything. */
export function pattern(word: string): RegExp {
  const escaped = word.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^\\s*${escaped.join('.+')}`)
}
