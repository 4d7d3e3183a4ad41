// A picture of every screen in every state: `make gallery`. Not a proof of anything; for looking.

import config from './playwright.config.ts'

export default {
  ...config,
  testDir: 'gallery',
  testMatch: '*.gallery.ts',
  timeout: 60_000,
  globalTeardown: './gallery/sheet.ts',
  use: { ...config.use, screenshot: 'off' as const, trace: 'off' as const },
  projects: [{ name: 'gallery' }],
}
