// docs/images/live.png and widget.png: the live page of a full house, and a talk on the demonstration shop.

import { resolve } from 'node:path'
import { SCREENS } from '../support/screens/index.ts'
import { test } from '../support/screens/test.ts'

const PICTURES = { 'console-live-many': 'live.png', 'widget-talk': 'widget.png' }

for (const [name, file] of Object.entries(PICTURES)) {
  test(file, async ({ stage }) => {
    const screen = SCREENS.find((screen) => screen.name === name)
    if (!screen) throw new Error(`there is no screen ${name}`)
    const page = await screen.show(await stage('en', 1440))
    await page.screenshot({ path: resolve(import.meta.dirname, '../../docs/images', file), animations: 'disabled' })
  })
}
