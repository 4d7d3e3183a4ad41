// A test that looks at screens. The worlds live as long as the worker, since screens only look; what one of them would
// spoil for the others it does in a world of its own.

import { test as base } from '@playwright/test'
import type { Language } from '../words.ts'
import { Stage, type Width, Worlds } from './stage.ts'

export { expect } from '@playwright/test'

interface Looking {
  /** A browser of that language and width; closed when the test ends. */
  stage: (language: Language, width: Width) => Promise<Stage>
}

export const test = base.extend<Looking, { worlds: Worlds }>({
  worlds: [
    async ({}, use) => {
      const worlds = new Worlds()
      await use(worlds)
      await worlds.remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  stage: async ({ browser, worlds }, use) => {
    const stages: Stage[] = []
    await use(async (language, width) => {
      const stage = new Stage(browser, worlds, language, width)
      stages.push(stage)
      return stage
    })
    await Promise.all(stages.map((stage) => stage.close()))
  },
})
