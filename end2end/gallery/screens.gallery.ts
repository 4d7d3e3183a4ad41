// Writes target/gallery/<screen>-<width>-<theme>-<language>.png.

import { join } from 'node:path'
import { SCREENS, type Theme, THEMES, WIDTHS } from '../support/screens/index.ts'
import { test } from '../support/screens/test.ts'
import { LANGUAGES } from '../support/words.ts'
import { FOLDER } from './sheet.ts'

const WANTED = (process.env.SEATLINE_GALLERY ?? '').split(' ').filter(Boolean)

/** Those of the list that are wanted: all, unless some of them are named. */
function wanted<T extends string | number>(list: readonly T[]): readonly T[] {
  const named = list.filter((one) => WANTED.includes(String(one)))
  return named.length > 0 ? named : list
}

const choices = [...WIDTHS, ...THEMES, ...LANGUAGES].map(String)
const names = WANTED.filter((one) => !choices.includes(one))
const themes: readonly Theme[] = wanted(THEMES)

for (const screen of SCREENS) {
  if (names.length > 0 && !names.some((name) => screen.name.startsWith(name))) continue
  for (const language of wanted(LANGUAGES)) {
    for (const width of wanted(WIDTHS)) {
      if (screen.widths && !screen.widths.includes(width)) continue
      test(`${screen.name} ${width} ${language}`, async ({ stage }) => {
        const page = await screen.show(await stage(language, width))
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
          const path = join(FOLDER, `${screen.name}-${width}-${theme}-${language}.png`)
          await page.screenshot({ path, animations: 'disabled' })
        }
      })
    }
  }
}
