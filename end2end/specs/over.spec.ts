// Once a conversation is over, nothing is recorded: no socket, no pages.

import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** The sockets that a page has opened, and the pages that it has told of. */
function traffic(page: Page): { sockets: number; pages: string[] } {
  const seen = { sockets: 0, pages: [] as string[] }
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/ws/guest')) return
    seen.sockets++
    socket.on('framesent', ({ payload }) => {
      const frame = JSON.parse(payload.toString()) as { type: string; url: string }
      if (frame.type === 'page') seen.pages.push(new URL(frame.url).pathname)
    })
  })
  return seen
}

function goTo(page: Page, path: string): Promise<void> {
  return page.evaluate(async (path) => {
    history.pushState(null, '', path)
    // A page change is told half a second later.
    await new Promise((resolve) => setTimeout(resolve, 700))
  }, path)
}

test('after the agent has closed, pages are neither told nor listed, until the next conversation', async ({
  shop,
  agent,
  newPage,
}) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const seen = traffic(page)
  const anna = await Widget.visit(page, `${origin}/cart`)
  await anna.say('Hello')
  await mei.open('Hello')
  await goTo(page, '/shoes')
  expect(seen.pages).toEqual(['/shoes'])
  await expect(mei.guest).toContainText('/shoes')

  await mei.close()
  await expect(anna.panel).toContainText('The agent ended the conversation')
  await goTo(page, '/diary')
  expect(seen.pages).toEqual(['/shoes'])
  await page.reload()
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(seen.sockets, 'the page after has no socket').toBe(1)

  const back = await Widget.openOn(page)
  await goTo(page, '/gifts')
  await back.panel.getByRole('button', { name: 'Start a new conversation' }).click()
  await back.say('Once more')
  await mei.open('Once more')
  await expect(mei.guest).toContainText('/gifts')
  await expect(mei.guest).not.toContainText('/diary')
})

test('an agent who closes while the panel is closed leaves an unread message, and no socket', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.say('Hello')
  await mei.open('Hello')
  await page.getByRole('dialog').getByRole('button', { name: 'Close chat' }).click()
  await mei.say('It is in the post')
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread message' })).toBeVisible()
  await mei.close()

  const seen = traffic(page)
  await expect
    .poll(() => page.evaluate(() => JSON.stringify({ ...localStorage })))
    .toContain('\\"open\\":false')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread message' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(seen.sockets).toBe(0)
  const back = await Widget.openOn(page)
  await expect(back).toShow(['Hello', 'It is in the post'])
})

test('a message that was left opens no socket on later pages, and the answer is told of all the same', async ({
  shop,
  agent,
  newPage,
}) => {
  const { origin } = await shop()
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.leaveMessage({ text: 'Do you ship to Norway?', contact: 'anna@example.org', name: 'Anna' })
  await expect(anna.panel).toContainText('We have your message')

  const seen = traffic(page)
  for (const path of ['/diary', '/shoes']) {
    const asked = page.waitForResponse(/widget\/news/)
    await page.goto(origin + path)
    expect(await (await asked).json()).toEqual({ news: false })
  }
  await page.waitForLoadState('networkidle')
  expect(seen.sockets).toBe(0)

  const mei = await agent('Mei', 1)
  await mei.claim('Do you ship to Norway?')
  await expect(mei.guest).not.toContainText('/diary')
  await mei.say('Yes, within a week')
  await page.goto(`${origin}/gifts`)
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread message' })).toBeVisible()
  await expect(mei.guest).toContainText('/gifts')
})
