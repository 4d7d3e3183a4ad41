// The pictures of README.md and docs/: `make pictures`.

import config from './playwright.config.ts'

export default {
  ...config,
  testDir: 'pictures',
  testMatch: '*.picture.ts',
  use: { ...config.use, viewport: { width: 1440, height: 860 }, deviceScaleFactor: 2, trace: 'off' as const },
  projects: [{ name: 'pictures' }],
}
