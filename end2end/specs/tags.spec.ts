// The script as tag managers, consent tools and bundles bring it into a page: without its attributes, or without a tag.

import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** What the chat tells the page's developer. */
function advice(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('Seatline:')) said.push(message.text())
  })
  return said
}

const WAYS: Record<string, (script: string, key: string) => string> = {
  'with the key in its address': (script, key) => `<script src="${script}?site=${key}" async></script>`,
  'as a module': (script, key) => `<script type="module" src="${script}" data-site="${key}"></script>`,
  'as a module with the key in its address': (script, key) => `<script type="module" src="${script}?site=${key}"></script>`,
  'imported by a bundle': (script, key) => `<script type="module">await import('${script}?site=${key}')</script>`,
  'put in by a tag manager that drops attributes': (script, key) => `<script>
    const tag = document.createElement('script')
    tag.src = '${script}?site=${key}'
    document.head.append(tag)
  </script>`,
  'run by a consent tool beside its placeholder': (script, key) => `
    <script type="text/plain" data-src="${script}" data-site="${key}"></script>
    <script>
      const tag = document.createElement('script')
      tag.src = document.querySelector('[data-src]').dataset.src
      document.head.append(tag)
    </script>`,
  'fetched and run': (script, key) => `<script>
    fetch('${script}?site=${key}').then((answer) => answer.text()).then((code) => (0, eval)(code))
  </script>`,
}

for (const [way, tag] of Object.entries(WAYS)) {
  test(`the chat comes up ${way}`, async ({ seatline, site, shop, agent, newPage }) => {
    const mei = await agent('Mei', 1)
    const { origin } = await shop({ tag: tag(`${seatline.origin}/widget.js`, site.key) })
    const page = await newPage()
    const said = advice(page)
    const anna = await Widget.visit(page, origin)
    await anna.say('Hello')
    await mei.open('Hello')
    await expect(page.locator('seatline-chat')).toHaveCount(1)
    expect(said).toEqual([])
  })
}

test('a script that does not know its site says so in one sentence, with the right address', async ({
  seatline,
  shop,
  newPage,
}) => {
  const script = `${seatline.origin}/widget.js`
  const { origin } = await shop({ tag: `<script src="${script}"></script><script type="module" src="${script}"></script>` })
  const page = await newPage()
  const said = advice(page)
  await page.goto(origin)
  await expect.poll(() => said.length).toBe(2)
  for (const sentence of said) expect(sentence).toContain(`${script}?site=KEY`)
  await expect(page.locator('seatline-chat')).toHaveCount(0)
})

test('a copy of the script in a bundle does not take the shop for its server', async ({ seatline, shop, newPage }) => {
  const code = await (await fetch(`${seatline.origin}/widget.js`)).text()
  const tag = '<script src="/bundle.js" async></script>'
  const { origin } = await shop({ tag, scripts: { '/bundle.js': `"use strict";${code}` } })
  const page = await newPage()
  const said = advice(page)
  await page.goto(origin)
  await expect.poll(() => said.length).toBe(1)
  expect(said[0]).toContain('with the address of your Seatline')
  expect(said[0]).not.toContain(origin)
})

test('a script on a host that is no Seatline says that, and advises nothing else', async ({ seatline, site, shop, newPage }) => {
  const code = await (await fetch(`${seatline.origin}/widget.js`)).text()
  const tag = `<script src="/widget.js?site=${site.key}"></script>`
  const { origin } = await shop({ tag, scripts: { [`/widget.js?site=${site.key}`]: code } })
  const page = await newPage()
  const said = advice(page)
  await Widget.visit(page, origin)
  await expect.poll(() => said.length).toBe(1)
  expect(said[0]).toContain(`${origin} answers 200, and not as Seatline does`)
})

test('a page of an origin that is not allowed is told the command, for the right site', async ({ api, seatline, site, shop, newPage }) => {
  const { origin } = await shop({ tag: `<script type="module" src="${seatline.origin}/widget.js?site=${site.key}"></script>` })
  await api.allow(site, ['https://elsewhere.example'])
  const page = await newPage()
  const said = advice(page)
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('The chat is not available on this page')
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(`seatline site allow ${site.key} ${origin}`)
})

test('a key that no site has is what the console says, and not the origin', async ({ seatline, shop, newPage }) => {
  const { origin } = await shop({ tag: `<script src="${seatline.origin}/widget.js?site=nosuchkey"></script>` })
  const page = await newPage()
  const said = advice(page)
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('The chat is not available on this page')
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('nosuchkey')
  expect(said[0]).not.toContain('site allow')
})
