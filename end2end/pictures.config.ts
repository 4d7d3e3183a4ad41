// The pictures of README.md and docs/: `make pictures`.

import { defineConfig } from '@playwright/test'
import config from './playwright.config.ts'

export default defineConfig(config, {
  testDir: 'pictures',
  testMatch: '*.picture.ts',
  use: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2, trace: 'off' },
  projects: [{ name: 'pictures' }],
})
