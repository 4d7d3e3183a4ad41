// One server and one database for each test, so that all of them can run side by side.

import { defineConfig } from '@playwright/test'
import type { Options } from './support/test.ts'

const SCREENS = ['screens.spec.ts', 'weight.spec.ts']

export default defineConfig<Options>({
  testDir: 'specs',
  fullyParallel: true,
  forbidOnly: true,
  workers: '100%',
  // A busy machine trips a test now and then. One that passes the second time is listed as flaky at the end, and is to be mended.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.SEATLINE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // A host that is not this computer to a browser, so that what it does for encrypted and local pages only is missing.
        '--host-resolver-rules=MAP *.test 127.0.0.1',
      ],
    },
  },
  projects: [
    { name: 'sqlite', testIgnore: SCREENS, use: { engine: 'sqlite' } },
    // What touches the store in ways of its own runs on both.
    { name: 'postgres', use: { engine: 'postgres' }, grep: /@engines/ },
    // What must hold on every screen, and what a first load may weigh.
    { name: 'screens', testMatch: SCREENS },
    // Measures time: alone, when all others are done.
    {
      name: 'lighthouse',
      testDir: 'lighthouse',
      dependencies: ['sqlite', 'postgres', 'screens'],
      workers: 1,
      // Whoever keeps a record of the page slows it down.
      use: { trace: 'off', screenshot: 'off' },
    },
  ],
})
