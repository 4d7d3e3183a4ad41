// Pages that replace their body instead of loading the next page: one chat and one socket, whatever they do.

import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** How many sockets the page has open. */
function socketsOf(page: Page): { open: number } {
  const sockets = { open: 0 }
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/ws/guest')) return
    sockets.open++
    socket.on('close', () => sockets.open--)
  })
  return sockets
}

/** What a page does to go elsewhere; `tag` is the script as the next page has it. */
const SWAPS: Record<string, (tag: string) => void> = {
  'the body is replaced by one with the tag in it (Turbo)': (tag) => {
    const body = document.createElement('body')
    body.innerHTML = '<h1>Next</h1>'
    const [, src = '', site = ''] = /src="([^"]+)" data-site="([^"]+)"/.exec(tag) ?? []
    const script = Object.assign(document.createElement('script'), { src, async: true })
    script.dataset.site = site
    body.append(script)
    document.documentElement.replaceChild(body, document.body)
  },
  'a copy of the body is put back from a cache (Turbo, back)': () => {
    const copy = document.body.cloneNode(true)
    document.documentElement.replaceChild(document.createElement('body'), document.body)
    document.documentElement.replaceChild(copy, document.body)
  },
  'what is in the body is replaced (pjax, htmx)': () => {
    document.body.innerHTML = '<h1>Next</h1>'
  },
  'the head is merged, tag and all': (tag) => {
    document.head.innerHTML = ''
    document.head.append(document.createRange().createContextualFragment(tag))
  },
  'the whole document is written anew': (tag) => {
    document.open()
    document.write(`<!doctype html><title>Next</title><body><h1>Next</h1>${tag}</body>`)
    document.close()
  },
  'the element of the document is replaced': () => {
    const html = document.createElement('html')
    html.append(document.createElement('head'), document.createElement('body'))
    document.replaceChild(html, document.documentElement)
  },
  'the script is only run again': (tag) => {
    document.head.append(document.createRange().createContextualFragment(tag))
  },
}

for (const [what, swap] of Object.entries(SWAPS)) {
  test(`three times within a second, ${what}: one chat, one socket`, async ({ site, shop, agent, newPage }) => {
    const mei = await agent('Mei', 1)
    const { origin } = await shop()
    const page = await newPage()
    const sockets = socketsOf(page)
    const anna = await Widget.visit(page, origin)
    await anna.say('Hello')
    await mei.open('Hello')
    await anna.type('Half a thought')

    const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').length)
    for (let time = 0; time < 3; time++) {
      await page.evaluate(swap, site.embed)
      await loaded()
    }
    await expect(anna.box).toBeVisible()
    await expect(anna.box).toHaveValue('Half a thought')
    await anna.send()
    await expect(mei).toShow(['Hello', 'Half a thought'])
    await expect(anna).toShow(['Hello', 'Half a thought'])
    await expect(page.locator('seatline-chat')).toHaveCount(1)
    expect(await page.evaluate(() => document.querySelector('seatline-chat')?.matches(':popover-open'))).toBe(true)
    expect(sockets.open).toBe(1)
  })
}

test('a page that removes the chat each time is not fought with', async ({ shop, newPage }) => {
  const { origin } = await shop()
  const page = await newPage()
  await page.goto(origin)
  await expect(page.locator('seatline-chat')).toHaveCount(1)
  const times = await page.evaluate(async () => {
    let removed = 0
    new MutationObserver(() => {
      const chat = document.querySelector('seatline-chat')
      if (chat) removed++
      chat?.remove()
    }).observe(document.body, { childList: true })
    document.querySelector('seatline-chat')?.remove()
    await new Promise((resolve) => setTimeout(resolve, 500))
    return removed
  })
  expect(times).toBeLessThan(10)
})

test('two tags in one page make one chat', async ({ site, shop, newPage }) => {
  const { origin } = await shop({ head: site.embed, body: site.embed })
  const page = await newPage()
  const sockets = socketsOf(page)
  await Widget.visit(page, origin)
  await expect(page.locator('seatline-chat')).toHaveCount(1)
  await expect.poll(() => sockets.open).toBe(1)
})

test('a page that goes into the browser’s memory and comes back has its one socket again', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const sockets = socketsOf(page)
  const anna = await Widget.visit(page, origin)
  await anna.say('Hello')
  await mei.open('Hello')
  for (let time = 0; time < 3; time++) {
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
    await expect.poll(() => sockets.open).toBe(0)
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await expect.poll(() => sockets.open).toBe(1)
  }
  await mei.say('Welcome back')
  await expect(anna).toShow(['Hello', 'Welcome back'])
})

test('a page that is only prepared by the browser connects when it is looked at', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.say('Hello')
  await mei.open('Hello')

  const next = await page.context().newPage()
  const sockets = socketsOf(next)
  await next.addInitScript(() => Object.defineProperty(document, 'prerendering', { value: true, configurable: true }))
  await next.goto(origin)
  await next.waitForLoadState('networkidle')
  await expect(next.locator('seatline-chat')).toHaveCount(0)
  expect(sockets.open).toBe(0)
  await next.evaluate(() => {
    Object.defineProperty(document, 'prerendering', { value: false })
    document.dispatchEvent(new Event('prerenderingchange'))
  })
  await expect(Widget.on(next)).toShow(['Hello'])
  expect(sockets.open).toBe(1)
})
