// One browser is one guest, however many tabs it opens at once.

import type { Page } from '@playwright/test'
import { Hold } from '../support/hold.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** Which guests the server welcomed on a page, in the order of its frames. */
function guestsOf(page: Page): Set<string> {
  const guests = new Set<string>()
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(payload.toString()) as { type: string; guest: string }
      if (frame.type === 'welcome') guests.add(frame.guest)
    })
  })
  return guests
}

const BROWSERS: Record<string, (page: Page) => Promise<unknown>> = {
  'with the locks of the browser': async () => {},
  'without locks, as on a page without TLS': (page) =>
    page.context().addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })),
  'with locks that are refused': (page) =>
    page.context().addInitScript(() => {
      if ('locks' in navigator) navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'))
    }),
}

for (const [browser, prepare] of Object.entries(BROWSERS)) {
  test(`two tabs opened while the welcome is slow are one guest, ${browser}`, async ({ seatline, shop, agent, newPage }) => {
    const mei = await agent('Mei', 3)
    const { origin } = await shop()
    const page = await newPage()
    await prepare(page)
    const hold = new Hold('welcome')
    await hold.before(page.context())
    const welcomed = [guestsOf(page)]

    const first = await Widget.visit(page, origin)
    await first.say('From the first tab')
    await expect.poll(() => hold.count).toBe(1)
    const other = await page.context().newPage()
    welcomed.push(guestsOf(other))
    const second = await Widget.visit(other, origin)
    await second.say('From the second tab')
    hold.release()

    await expect.poll(() => first.texts()).toHaveLength(2)
    await expect.poll(() => second.texts()).toHaveLength(2)
    await expect(first).toShow(await second.texts())
    expect((await first.texts()).sort()).toEqual(['From the first tab', 'From the second tab'])
    await expect(mei.mine).toHaveCount(1)
    await mei.open('tab')
    await expect(mei).toShow(await first.texts())
    expect(new Set(welcomed.flatMap((guests) => [...guests])).size, 'guests that were welcomed').toBe(1)
    expect(seatline.log.filter((line) => /"level":"ERROR"/.test(line))).toEqual([])
  })
}

test('a tab that is closed in the midst of it holds nobody up', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 3)
  const { origin } = await shop()
  const page = await newPage()
  const hold = new Hold('welcome')
  await hold.before(page.context())
  await Widget.visit(page, origin)
  await expect.poll(() => hold.count).toBe(1)
  const second = await Widget.visit(await page.context().newPage(), origin)
  await second.say('Still here')
  await page.close()
  hold.release()
  await mei.open('Still here')
  await expect(mei.mine).toHaveCount(1)
})
