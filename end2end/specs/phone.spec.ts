// The chat on a phone: it covers the screen, makes room for the keyboard, and stays where it is while one looks closer.

import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

/** Where the panel is on the page once it has opened, in whole pixels: from the left, from the top, width, height. */
function place({ panel }: Widget): Promise<number[]> {
  return panel.evaluate(async (element) => {
    await Promise.all(element.getAnimations().map((animation) => animation.finished))
    const { left, top, width, height } = element.getBoundingClientRect()
    return [left, top, width, height].map(Math.round)
  })
}

/** The browser may take a moment to lay the page out again. */
function expectPlace(widget: Widget, expected: number[], when?: string): Promise<void> {
  return expect.poll(() => place(widget), when).toEqual(expected)
}

/** Spreads two fingers until everything is that much larger, and together again for 1. */
async function zoom(page: Page, pageScaleFactor: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  // A page that is still being laid out forgets the factor, so it is set until it holds.
  const scaled = async () => {
    await devtools.send('Emulation.setPageScaleFactor', { pageScaleFactor })
    return page.evaluate(() => Math.round((visualViewport?.scale ?? 0) * 10) / 10)
  }
  await expect.poll(scaled).toBe(pageScaleFactor)
  // The page has heard of it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
}

test('looking closer changes nothing of the panel', async ({ shop, newPage }) => {
  const { origin } = await shop({ head: '<meta name="viewport" content="width=device-width">' })
  const page = await newPage(PHONE)
  const anna = await Widget.visit(page, origin)
  const before = [0, 0, 390, 844]
  await expectPlace(anna, before)
  for (const scale of [2, 3.5, 1]) {
    await zoom(page, scale)
    await expectPlace(anna, before, `at ${scale}`)
  }
})

test('nor on a page that is wider than the screen', async ({ shop, newPage }) => {
  const wide = '<div style="width: 520px; height: 2000px">A table that does not fit</div>'
  const { origin } = await shop({ head: '<meta name="viewport" content="width=device-width">', body: wide })
  const page = await newPage(PHONE)
  const anna = await Widget.visit(page, origin)
  const before = await place(anna)
  for (const scale of [1, 2]) {
    await zoom(page, scale)
    await expectPlace(anna, before, `at ${scale}`)
  }
})

interface InSight {
  width: number
  height: number
  offsetTop: number
}

/** A screen whose keyboard the test opens: no emulation has one. */
async function screenOfOnesOwn(page: Page): Promise<(sight: InSight, event: 'resize' | 'scroll') => Promise<void>> {
  await page.addInitScript(() => {
    const sight = Object.assign(new EventTarget(), { width: 390, height: 844, offsetTop: 0, offsetLeft: 0, scale: 1 })
    Object.defineProperty(window, 'visualViewport', { value: sight })
  })
  return (sight, event) =>
    page.evaluate(
      ([sight, event]) => {
        const viewport = Object.assign(visualViewport as EventTarget, sight, { scale: 390 / sight.width })
        viewport.dispatchEvent(new Event(event))
      },
      [sight, event] as const,
    )
}

test('the panel is what the keyboard leaves in sight, wherever the browser has moved it', async ({ newPage }) => {
  const page = await newPage(PHONE)
  const show = await screenOfOnesOwn(page)
  const anna = await Widget.visit(page, '/demo')
  await expectPlace(anna, [0, 0, 390, 844])

  await show({ width: 390, height: 508, offsetTop: 0 }, 'resize')
  await expectPlace(anna, [0, 0, 390, 508])
  await show({ width: 390, height: 508, offsetTop: 180 }, 'scroll')
  await expectPlace(anna, [0, 180, 390, 508])
  // Looked at closer, and moved about.
  await show({ width: 195, height: 254, offsetTop: 310 }, 'scroll')
  await expectPlace(anna, [0, 180, 390, 508])
  await show({ width: 390, height: 844, offsetTop: 0 }, 'resize')
  await expectPlace(anna, [0, 0, 390, 844])
})
