// What holds on every screen in every state. Each is brought up twice: in English on a wide window that then gets narrower,
// light and then dark; and in Chinese on a phone whose window then gets wider, dark.

import { accessibilityProblems } from '../support/screens/axe.ts'
import { SCREENS, type Width, WIDTHS } from '../support/screens/index.ts'
import { layoutProblems } from '../support/screens/layout.ts'
import { expect, test } from '../support/screens/test.ts'
import { translationProblems } from '../support/screens/translation.ts'
import { LANGUAGES } from '../support/words.ts'

for (const screen of SCREENS) {
  test(screen.name, async ({ stage }) => {
    const widths: Width[] = WIDTHS.filter((width) => screen.widths?.includes(width) ?? true)
    const problems: string[] = []
    for (const language of LANGUAGES) {
      if (language === 'zh') widths.reverse()
      const [first = 1440] = widths
      const current = await stage(language, first)
      const page = await screen.show(current)
      const found = (what: string, list: string[]) => problems.push(...list.map((one) => `${what} ${language}: ${one}`))

      found('words', await translationProblems(page, language))
      await page.emulateMedia({ colorScheme: language === 'en' ? 'light' : 'dark' })
      found(`accessibility ${first}`, await accessibilityProblems(page))
      if (language === 'en') {
        // A theme changes colours and nothing else.
        await page.emulateMedia({ colorScheme: 'dark' })
        found(`dark ${first}`, await accessibilityProblems(page, ['color-contrast']))
      }
      for (const width of widths) {
        await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 900 })
        found(`layout ${width}`, await layoutProblems(page))
      }
      await current.close()
    }
    expect(problems).toEqual([])
  })
}
