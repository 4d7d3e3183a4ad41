// A long conversation: its end is there at once, and what is earlier when one wants to read it.

import type { Locator } from '@playwright/test'
import { accessibilityProblems } from '../support/screens/axe.ts'
import { longTalk, TALKATIVE } from '../support/past.ts'
import { RESUMED_MS_MAX } from '../support/talk.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

test.use({ settings: TALKATIVE })

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`)

/** The part of the panel that scrolls. */
const scroller = (anna: Widget) => anna.panel.getByRole('group', { name: 'Conversation' })

/** From the top of the window, in pixels. */
const top = async (element: Locator) => Math.round((await element.boundingBox())?.y ?? Number.NaN)

test('its end is there first, and scrolling up brings the rest without moving what one reads', async ({
  seatline,
  api,
  site,
  newPage,
}) => {
  const past = await longTalk(seatline, api, site, 150)
  const page = await newPage()
  await past.remember(page)
  const anna = await Widget.visit(page, '/demo')
  await expect(anna.panel.getByText('message 150', { exact: true })).toBeInViewport()
  const [first = '', ...rest] = await anna.texts()
  const begin = Number(first.replace('message ', ''))
  expect(begin).toBeGreaterThan(100)
  expect([first, ...rest]).toEqual(numbers(begin, 150))

  const reading = anna.panel.getByText(first, { exact: true })
  for (let shown = rest.length + 1; shown < 150; shown = (await anna.texts()).length) {
    await scroller(anna).evaluate((element) => (element.scrollTop = 0))
    await expect.poll(async () => (await anna.texts()).length).toBeGreaterThan(shown)
    if (shown === rest.length + 1) {
      await expect(reading).toBeInViewport()
      const before = await top(reading)
      await past.says('Are you still reading?')
      await expect(anna.panel.getByText('Are you still reading?')).toBeAttached()
      expect(await top(reading)).toBe(before)
    }
  }
  await expect(anna).toShow([...numbers(1, 150), 'Are you still reading?'])
  await scroller(anna).evaluate((element) => (element.scrollTop = 0))
  await expect(anna.panel.getByRole('button', { name: 'Show earlier messages' })).toBeHidden()

  await anna.panel.getByRole('button', { name: 'Go to the latest message' }).click()
  await anna.say('Yes')
  await expect(anna.panel.getByText('Yes', { exact: true })).toBeInViewport()
})

test('what is read keeps its place when a page comes in above', async ({ seatline, api, site, newPage }) => {
  const past = await longTalk(seatline, api, site, 150)
  const page = await newPage()
  await past.remember(page)
  const anna = await Widget.visit(page, '/demo')
  await expect(anna.panel.getByText('message 150', { exact: true })).toBeInViewport()
  const [first = ''] = await anna.texts()
  const reading = anna.panel.getByText(first, { exact: true })
  // Where it stands in the same moment in which one has scrolled there.
  const before = await scroller(anna).evaluate((element, words) => {
    element.scrollTop = 0
    const row = [...element.querySelectorAll('.bubble')].find((bubble) => bubble.lastChild?.textContent === words)
    return Math.round(row?.lastElementChild?.getBoundingClientRect().top ?? Number.NaN)
  }, first)
  await expect.poll(async () => (await anna.texts()).length).toBeGreaterThan(60)
  expect(await top(reading)).toBe(before)
})

test('however far one reads, the page holds a part of it, and leads on in both directions', async ({ seatline, api, site, newPage }) => {
  const past = await longTalk(seatline, api, site, 450)
  const page = await newPage()
  await past.remember(page)
  const anna = await Widget.visit(page, '/demo')
  await expect(anna.panel.getByText('message 450', { exact: true })).toBeInViewport()
  const scroll = (where: 'up' | 'down') =>
    scroller(anna).evaluate((element, where) => (element.scrollTop = where === 'up' ? 0 : element.scrollHeight), where)
  /** In order, without a gap, and not all of them. */
  const part = async () => {
    const texts = await anna.texts()
    const begin = Number(texts[0]?.replace('message ', ''))
    expect(texts).toEqual(numbers(begin, begin + texts.length - 1))
    expect(texts.length).toBeLessThanOrEqual(200)
    return { begin, end: begin + texts.length - 1 }
  }
  await expect(async () => {
    await scroll('up')
    expect((await part()).begin).toBe(1)
  }).toPass()
  await past.says('And what of the tea?')
  await expect(async () => {
    await scroll('down')
    await expect(anna.panel.getByText('And what of the tea?')).toBeInViewport({ timeout: 100 })
  }).toPass()

  await expect(async () => {
    await scroll('up')
    await expect(anna.panel.getByText('message 1', { exact: true })).toBeAttached({ timeout: 100 })
  }).toPass()
  await anna.say('It was good')
  await expect(anna.panel.getByText('It was good')).toBeInViewport()
  expect((await anna.texts()).slice(-3)).toEqual(['message 450', 'And what of the tea?', 'It was good'])
})

test('who was away for long is shown the end, and what lies between on the way up', async ({
  seatline,
  api,
  site,
  shop,
  cable,
  newPage,
}) => {
  const past = await longTalk(seatline, api, site, 10)
  const { origin } = await shop({ tag: site.embed.replace(seatline.origin, cable.origin) })
  const page = await newPage()
  await past.remember(page)
  const anna = await Widget.visit(page, origin)
  await expect(anna).toShow(numbers(1, 10))
  cable.cut()
  // More than a client that comes back is sent.
  for (const text of numbers(11, 260)) await past.says(text)
  cable.mend()
  await expect(anna.panel.getByText('message 260', { exact: true })).toBeInViewport({ timeout: RESUMED_MS_MAX })
  expect((await anna.texts()).length).toBeLessThanOrEqual(50)
  const seen = new Set<string>()
  await expect(async () => {
    await scroller(anna).evaluate((element) => (element.scrollTop = 0))
    for (const text of await anna.texts()) seen.add(text)
    expect(seen.size).toBe(260)
  }).toPass()
})

test('without a mouse, one is told that it loads, that it failed, and tries again', async ({ seatline, api, site, newPage }) => {
  const past = await longTalk(seatline, api, site, 80)
  const page = await newPage({ viewport: { width: 390, height: 844 } })
  await past.remember(page)
  let refuse: (() => void) | undefined
  await page.routeWebSocket(/\/ws\/guest/, (socket) => {
    const server = socket.connectToServer()
    let asked = 0
    socket.onMessage((message) => {
      asked += message.toString().includes('"earlier"') ? 1 : 0
      if (asked !== 1) server.send(message)
      else refuse = () => socket.send(JSON.stringify({ type: 'rejected', code: 'forbidden' }))
    })
  })
  const anna = await Widget.visit(page, '/demo')
  await expect(anna.panel.getByText('message 80', { exact: true })).toBeInViewport()
  const shown = (await anna.texts()).length

  await scroller(anna).focus()
  await page.keyboard.press('Home')
  await expect(anna.panel.getByRole('status').filter({ hasText: 'Loading earlier messages…' })).toBeVisible()
  expect(await accessibilityProblems(page)).toEqual([])
  await expect.poll(() => refuse).toBeDefined()
  refuse?.()
  await expect(anna.panel.getByRole('status').filter({ hasText: 'could not be loaded' })).toBeVisible()
  expect(await accessibilityProblems(page)).toEqual([])

  await page.keyboard.press('Tab')
  const again = anna.panel.getByRole('button', { name: 'Try again' })
  await expect(again).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await anna.texts()).length).toBeGreaterThan(shown)
  await expect(anna).toShow(numbers(1, 80))
  // The button is gone: reading goes on from here.
  await expect(scroller(anna)).toBeFocused()
})
