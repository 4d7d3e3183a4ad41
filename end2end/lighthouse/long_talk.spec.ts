// How soon one can write in a conversation of 5,000 messages, on a processor that is four times slower.

import { longTalk, TALKATIVE } from '../support/past.ts'
import { expect, test } from '../support/test.ts'

const MESSAGES = 5_000
const SLOWER = 4
const USABLE_MS_MAX = 1_000
const TASK_MS_MAX = 200

/** Other programs only ever make it worse. */
const RUNS_MAX = 3

test.use({ settings: TALKATIVE })

test('the chat opens on a conversation of 5,000 messages within a second', async ({ seatline, api, site, newPage }) => {
  const past = await longTalk(seatline, api, site, MESSAGES)
  let best = { usable: Infinity, task: Infinity }
  for (let run = 0; run < RUNS_MAX && (best.usable > USABLE_MS_MAX || best.task > TASK_MS_MAX); run += 1) {
    const page = await newPage()
    await past.remember(page)
    const devtools = await page.context().newCDPSession(page)
    await page.goto('/demo')
    await page.getByRole('button', { name: 'Open chat' }).waitFor()
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const measured = await page.evaluate(async (last) => {
      const chat = document.querySelector('seatline-chat')?.shadowRoot
      const tasks: number[] = []
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
      const began = performance.now()
      chat?.querySelector<HTMLElement>('.launcher')?.click()
      // Usable: the box has the focus, and what was said last stands above it.
      while (chat?.activeElement?.localName !== 'textarea' || !chat.querySelector('[role=log]')?.textContent?.includes(last)) {
        await new Promise((drawn) => requestAnimationFrame(drawn))
      }
      const usable = performance.now() - began
      // What comes after it does not keep one from typing either.
      for (let idle = 0; idle < 5; idle += 1) await new Promise((done) => requestIdleCallback(done))
      return { usable, task: Math.max(0, ...tasks) }
    }, `message ${MESSAGES}`)
    if (measured.usable < best.usable) best = measured
    await page.close()
  }
  expect(best.usable, 'milliseconds until one can write').toBeLessThan(USABLE_MS_MAX)
  expect(best.task, 'milliseconds of the longest task').toBeLessThan(TASK_MS_MAX)
})
