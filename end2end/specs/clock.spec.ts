// The times on screen are by the server's clock, whatever this computer's shows, and the words for days change at midnight.

import type { Page } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { changeFrames } from '../support/frames.ts'
import { logIn } from '../support/login.ts'
import type { Frame } from '../support/socket.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Puts the clock of the computer wrong. */
async function shiftClock(page: Page, ms: number): Promise<void> {
  await page.addInitScript((ms) => {
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...parts: [] | [number]) {
        if (parts.length === 0) super(Real.now() + ms)
        else super(...parts)
      }
      static override now(): number {
        return Real.now() + ms
      }
    } as DateConstructor
  }, ms)
}

for (const [word, ms] of [
  ['fast', 10 * MINUTE_MS],
  ['slow', -10 * MINUTE_MS],
] as const) {
  test(`on a computer whose clock is ten minutes ${word} the desk and the live page tell the server's time`, async ({
    api,
    guest,
    newPage,
    seatline,
  }) => {
    const page = await newPage()
    await shiftClock(page, ms)
    const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
    await mei.duty('On duty')
    const anna = await guest()
    await anna.say('Hello')
    await mei.open('Hello')
    await expect(page.getByText(/^0:[1-5]\d left$/)).toBeVisible()
    await expect(mei.mine.locator('time')).toHaveText(/^0:\d\d$/)
    await guest()
    await expect(mei.line.locator('time')).toHaveText(/^0:\d\d$/)
    // A guest who is being served keeps the seat for a while.
    await mei.say('Hello, how can I help?')
    await anna.page.close()
    await expect(page.getByText('left just now').first()).toBeVisible()

    const live = await newPage()
    await shiftClock(live, ms)
    await live.goto('/admin/live')
    await logIn(live, seatline.administrator)
    await expect(live.locator('.live-queue time')).toHaveText(/^0:\d\d$/)
    await expect(live.locator('.live-standing time')).toHaveText(/^0:\d\d$/)
    // A page that is told nothing but what it asks for.
    await live.goto('/admin/members')
    await live.getByRole('link', { name: 'Mei' }).click()
    await expect(live.getByRole('dialog').getByText('just now')).toBeVisible()
  })
}

test('a guest whose computer lives in yesterday is not told that today is another day', async ({ agent, newPage }) => {
  await agent('Mei', 1)
  const page = await newPage()
  await shiftClock(page, -DAY_MS)
  const anna = await Widget.visit(page, '/demo')
  await anna.say('Hello')
  await expect(anna.mark('Hello')).toBeVisible()
  await expect(anna).toShow(['Hello'])
  await expect(anna.panel.locator('.day')).toHaveCount(0)
})

test.describe('at midnight', () => {
  /** A server that believes that the day ends in ten seconds, from the first moment somebody asks it. */
  function lateServer(): (frame: Frame) => Frame[] {
    let ahead: number | undefined
    return (frame) => {
      if (typeof frame.now === 'number') {
        ahead ??= new Date(frame.now).setUTCHours(24, 0, 0, 0) - 10_000 - frame.now
        return [{ ...frame, now: frame.now + ahead }]
      }
      return [frame]
    }
  }

  test('what the desk and the chat call today is called by its date, without anything having come', async ({ api, newPage }) => {
    const page = await newPage({ timezoneId: 'UTC' })
    await page.clock.install()
    await changeFrames(page, lateServer())
    const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
    await mei.duty('On duty')
    const shop = await newPage({ timezoneId: 'UTC' })
    await shop.clock.install()
    await changeFrames(shop, lateServer())
    const anna = await Widget.visit(shop, '/demo')
    await anna.say('Hello')
    await mei.open('Hello')
    await expect(page.getByRole('log').getByText('Today', { exact: true })).toBeVisible()
    // In the chat it goes without saying.
    await expect(anna.panel.getByText('Yesterday', { exact: true })).toBeHidden()
    for (const clock of [page.clock, shop.clock]) await clock.runFor(12_000)
    await expect(page.getByRole('log').getByText('Today', { exact: true })).toBeHidden()
    await expect(anna.panel.getByText('Yesterday', { exact: true })).toBeVisible()
  })
})
