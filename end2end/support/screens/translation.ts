// Words that are not in the reader's language: names of texts instead of texts, and English where Chinese was chosen.

import type { Page } from '@playwright/test'
import { pattern, type Language, TEXTS, WORDS } from '../words.ts'
import * as people from './people.ts'

export async function translationProblems(page: Page, language: Language): Promise<string[]> {
  const said = await page.evaluate(everythingSaid)
  const problems = said.filter((text) => RAW.test(text)).map((text) => `raw: ${text}`)
  const tag = await page.evaluate(() => document.documentElement.lang)
  if (!tag.startsWith(language)) problems.push(`the page says that its language is "${tag}"`)
  if (language === 'zh') {
    problems.push(...said.filter((text) => english().some((word) => word.test(text))).map((text) => `not translated: ${text}`))
    problems.push(...said.filter(isLatin).map((text) => `Latin words: ${text}`))
  }
  return [...new Set(problems)]
}

/** `desk.mine`, `{{ n }}`, and what a program says when it forgot a value. */
const RAW = new RegExp(`\\b(${Object.keys(WORDS.en).join('|')})\\.[a-z_]+\\b|\\{\\{|\\}\\}|\\bundefined\\b|\\bNaN\\b|\\[object`)

/** What may stay as it is: names, addresses, what guests and members wrote, keys, and units. */
function isLatin(text: string): boolean {
  // Who says it comes before what they say.
  const [, said = text] = /^[^：]+：(.*)$/.exec(text) ?? []
  if (!/[A-Za-z]{2}/.test(said) || /\p{Script=Han}/u.test(text)) return false
  return !NAMES.test(said) && !DATA.some((datum) => datum.includes(said))
}

const NAMES = /^(Seatline|English|Three Hills Tea|Service|Website|Administrator|admin|Guest|(Alt|Ctrl|Shift|Esc|Enter|Tab)\b.*|[\w.+-]+@[\w.-]+|https?:.*|\/\S*|(\w+\/)+\w+|[a-z]{2}-[A-Z]{2}|Chrome \d.*|.*<script.*|\P{L}*[\w.-]+\.example\P{L}*|[a-z0-9]{12}|\w{5}(-\w{5}){3}|Aa)$/u

const DATA = strings(Object.values(people).map((value) => (typeof value === 'function' ? value(60) : value)))
  .filter((text) => /[A-Za-z]{2}/.test(text))

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

let known: RegExp[] | undefined

/** Every English text that is another one in Chinese. */
function english(): RegExp[] {
  known ??= [
    ...pairs(WORDS.en, WORDS.zh),
    ...pairs(TEXTS.en, TEXTS.zh),
  ].map((text) => new RegExp(`${pattern(text).source}\\s*$`))
  return known
}

function pairs(en: object, zh: object): string[] {
  const others = zh as Record<string, unknown>
  return Object.entries(en).flatMap(([name, text]: [string, unknown]) => {
    if (text !== null && typeof text === 'object') return pairs(text, (others[name] ?? {}) as object)
    // Of "{{ n }} h" hardly a word is left to know it by.
    return typeof text === 'string' && text !== others[name] && /[A-Za-z]{3}/.test(text.replace(/\{\{.*?\}\}/g, '')) ? [text] : []
  })
}

/** Runs in the page: every text that is shown or read out, each once. */
function everythingSaid(): string[] {
  const said = new Set<string>()
  const roots: (Document | ShadowRoot)[] = [document]
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot)
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('script, style, [translate=no]')) continue
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description']) add(element.getAttribute(name))
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.textContent)
    }
  }
  add(document.title)
  return [...said]

  function add(text: string | null): void {
    const words = text?.trim().replace(/\s+/g, ' ')
    if (words) said.add(words)
  }
}
