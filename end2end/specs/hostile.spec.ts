// The chat on pages that make it hard: it works, or says in a sentence that it does not.

import type { BrowserContext, FrameLocator, Page } from '@playwright/test'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Desk } from '../support/desk.ts'
import { expect, test as base } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const test = base.extend<{ cautious: BrowserContext }>({
  /** A browser whose owner has forbidden all sites to keep anything. */
  cautious: async ({ playwright, launchOptions }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'cautious-'))
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } }
    await mkdir(join(folder, 'Default'))
    await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences))
    const context = await playwright.chromium.launchPersistentContext(folder, launchOptions)
    await use(context)
    await context.close()
    await rm(folder, { recursive: true, force: true })
  },
})

/** What the page gets that wants to keep something. */
function storage(place: Page | FrameLocator): Promise<string> {
  return place.locator('body').evaluate(() => {
    try {
      return `${localStorage.length} things`
    } catch (error) {
      return (error as Error).name
    }
  })
}

/** Both have their say. */
async function talk(guest: Widget, agent: Desk): Promise<void> {
  await guest.say('Hello from a strange place')
  await agent.open('Hello from a strange place')
  await agent.say('Hello')
  await expect(guest).toShow(['Hello from a strange place', 'Hello'])
}

/** The panel without its round corners, through which one sees the page behind. */
async function picture({ page, panel }: Widget): Promise<Buffer> {
  const box = await panel.boundingBox()
  if (!box) throw new Error('the panel is not in sight')
  const clip = { x: box.x + 16, y: box.y + 16, width: box.width - 32, height: box.height - 32 }
  return page.screenshot({ clip, animations: 'disabled' })
}

/** What the page's policy kept from happening. */
function violations(page: Page): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) found.push(message.text())
  })
  return found
}

test('under a strict policy that names the server, everything works and nothing is refused', async ({
  seatline,
  shop,
  agent,
  newPage,
}) => {
  const mei = await agent('Mei', 1)
  const policy = `default-src 'none'; script-src ${seatline.origin}; connect-src ${seatline.ws('')} ${seatline.origin}; require-trusted-types-for 'script'; base-uri 'none'`
  const { origin } = await shop({ headers: { 'content-security-policy': policy } })
  const page = await newPage()
  const refused = violations(page)
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('Mei')
  await talk(anna, mei)
  expect(refused.filter((text) => !/favicon/.test(text))).toEqual([])
})

test('under a policy that forbids the connection, the chat says so', async ({ seatline, shop, newPage }) => {
  const policy = `default-src 'none'; script-src ${seatline.origin}`
  const { origin } = await shop({ headers: { 'content-security-policy': policy } })
  const anna = await Widget.visit(await newPage(), origin)
  await expect(anna.panel).toContainText('The chat is not available on this page')
  await expect(anna.page.getByRole('heading', { name: 'Shop' })).toBeVisible()
})

test('under a policy that forbids the script, the page is as it was', async ({ shop, newPage }) => {
  const { origin } = await shop({ headers: { 'content-security-policy': "default-src 'none'" } })
  const page = await newPage()
  await page.goto(origin)
  await expect(page.getByRole('heading', { name: 'Shop' })).toBeVisible()
  await expect(page.locator('seatline-chat')).toHaveCount(0)
})

const HOSTILE_STYLE = `
  * { all: unset !important; }
  body *, body *::before, body *::after {
    font: 40px/3 serif !important; color: red !important; letter-spacing: 1em !important; text-transform: uppercase !important;
    direction: rtl !important; opacity: .2 !important; pointer-events: none !important; transform: rotate(3deg) !important;
    transition: all 9s !important; background: lime !important; float: left !important; visibility: hidden !important;
  }
  button, input, textarea, section, div, p { display: none !important; }
  .cover { all: revert !important; position: fixed !important; inset: auto 0 0 0 !important; height: 300px !important;
    z-index: 2147483647 !important; visibility: visible !important; background: navy !important; pointer-events: auto !important; }`

test('style sheets and layers of the page do not reach it', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 2)
  const calm = await Widget.visit(await newPage(), (await shop()).origin)
  const cover = '<aside class="cover">We value your privacy</aside>'
  const hostile = await shop({ head: `<style>${HOSTILE_STYLE}</style>`, body: cover })
  const page = await newPage()
  const anna = await Widget.visit(page, hostile.origin)
  for (const widget of [calm, anna]) await expect(widget.panel).toContainText('Mei')

  const same = async () => (await picture(anna)).equals(await picture(calm))
  await expect.poll(same, 'the panel looks the same on both pages').toBe(true)
  await talk(anna, mei)

  // What the page lays over everything later does not cover it either.
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), cover)
  await anna.panel.getByRole('button', { name: 'Close chat' }).click()
  await page.getByRole('button', { name: 'Open chat' }).click()
  await expect(anna).toShow(['Hello from a strange place', 'Hello'])
})

test('with storage blocked it works for as long as the page is open', async ({ shop, agent, cautious }) => {
  const mei = await agent('Mei', 1)
  const page = await cautious.newPage()
  const anna = await Widget.visit(page, (await shop()).origin)
  expect(await storage(page)).toBe('SecurityError')
  await expect(anna.panel).toContainText('Mei')
  await talk(anna, mei)
})

test('in a frame of another site, without third-party cookies and storage, it works', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const portal = await shop({ body: `<iframe src="${origin}" width="600" height="700"></iframe>` })
  const page = await newPage()
  // `localhost` and `127.0.0.1` are two sites.
  await page.goto(portal.origin.replace('127.0.0.1', 'localhost'))
  const frame = page.frameLocator('iframe')
  const anna = await Widget.inFrame(frame, page)
  expect(await storage(frame)).toBe('SecurityError')
  await expect(anna.panel).toContainText('Mei')
  await talk(anna, mei)
  expect(await page.context().cookies()).toEqual([])
})

test('over a slow line the page does not wait for it, and messages get through', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  // "Slow 3G" of the developer tools.
  const bytesPerSecond = (400 * 1024) / 8
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 2_000,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  await page.goto(origin, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { name: 'Shop' })).toBeVisible()
  expect(await page.locator('seatline-chat').count(), 'the chat is not there yet').toBe(0)
  const anna = await Widget.openOn(page)
  await anna.say('Typed before there was a connection')
  await mei.open('Typed before there was a connection')
  await mei.say('Got it')
  await expect(anna).toShow(['Typed before there was a connection', 'Got it'])
  await expect(anna.mark('Typed before')).toHaveAccessibleName('Seen')
})
