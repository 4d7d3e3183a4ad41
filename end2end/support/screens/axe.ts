// What axe-core finds wrong with a page, open shadow roots included.

import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import axe from 'axe-core'

/** Everything worse than minor, one line for each element; `rules` for some rules only. */
export async function accessibilityProblems(page: Page, rules?: string[]): Promise<string[]> {
  const options: RunOptions = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) }
  await settled(page)
  // Evaluated and not added as a script, which the page's policy would refuse.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run(options),
    options,
  )
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${impact}): ${target.join(' ')}: ${said(failureSummary)}`))
}

/** Half-way between two colours neither is to be read. What follows a change is drawn in the next frames, and may move on. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = () => document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    for (let still = 0; still < 3; still += 1) {
      await new Promise((drawn) => requestAnimationFrame(drawn))
      for (const animation of passing()) {
        animation.finish()
        still = 0
      }
    }
  })
}

function said(summary = ''): string {
  return summary.replace(/\s+/g, ' ').replace(/^Fix (any|all) of the following: /, '')
}
