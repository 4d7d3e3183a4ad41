// Where HTTP gets through and no WebSocket does: the truth is told within 15 seconds, and there is another way.

import type { Page } from '@playwright/test'
import { Proxy, type Upgrades } from '../support/proxy.ts'
import { expect, test as base } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const TOLD_MS_MAX = 15_000
const BLOCKED = 'Live chat is blocked here'

const test = base.extend<{
  /** A shop whose chat goes through a proxy. */
  behind: (upgrades: Upgrades) => Promise<{ proxy: Proxy; origin: string }>
}>({
  behind: async ({ seatline, site, shop }, use) => {
    const proxies: Proxy[] = []
    await use(async (upgrades) => {
      const proxy = await Proxy.to(seatline.origin, upgrades)
      proxies.push(proxy)
      const { origin } = await shop({ tag: site.embed.replace(seatline.origin, proxy.origin) })
      return { proxy, origin }
    })
    await Promise.all(proxies.map((proxy) => proxy.remove()))
  },
})

function advice(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('Seatline:')) said.push(message.text())
  })
  return said
}

for (const upgrades of ['refused', 'stripped', 'swallowed', 'muted'] as const) {
  test(`an upgrade that is ${upgrades}: visitor and developer are told, and a message can be left`, async ({
    behind,
    agent,
    newPage,
  }) => {
    const mei = await agent('Mei', 1)
    const { proxy, origin } = await behind(upgrades)
    const page = await newPage()
    const said = advice(page)
    const anna = await Widget.visit(page, origin)
    await expect(anna.panel).toContainText(BLOCKED, { timeout: TOLD_MS_MAX })
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`${proxy.origin} answers over HTTP, but no WebSocket gets through`)
    expect(said[0]).not.toContain('site allow')

    await anna.leaveMessage({ text: 'Do you ship to Norway?', contact: 'anna@example.org', name: 'Anna' })
    await expect(anna.panel).toContainText('We have your message')
    await expect(anna.panel).toContainText('We will write to anna@example.org')
    await anna.say('And to Sweden?')
    await expect(anna.mark('And to Sweden?')).toHaveAccessibleName('Sent')

    // Nobody is seated who cannot be talked to.
    await expect(mei.mine).toHaveCount(0)
    await expect(mei.missed).toHaveCount(1)
    await mei.claim('And to Sweden?')
    await expect(mei).toShow(['Do you ship to Norway?', 'And to Sweden?'])
    await expect(mei.guest).toContainText('anna@example.org')
    await mei.say('To both')

    // Elsewhere, the answer is there.
    proxy.upgrades = 'through'
    await page.reload()
    const back = await Widget.openOn(page)
    await expect(back).toShow(['Do you ship to Norway?', 'And to Sweden?', 'To both'])
  })
}

test('what was written before that was known is sent all the same, once', async ({ behind, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await behind('refused')
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.sayAll(['Is anybody', 'there?'])
  await expect(anna.panel).toContainText('How can we reach you', { timeout: TOLD_MS_MAX })
  await expect(anna).toShow(['Is anybody', 'there?'])
  await anna.panel.getByLabel('E-mail or phone').fill('anna@example.org')
  await anna.panel.getByRole('button', { name: 'Send' }).first().click()
  await expect(anna.panel).toContainText('We will write to anna@example.org')
  await expect(mei.missed).toHaveCount(1)
  await mei.claim('there?')
  await expect(mei).toShow(['Is anybody', 'there?'])
  await expect(mei.guest).toContainText('anna@example.org')
})

test('in the midst of a talk: what one writes still arrives, and the talk goes on when it can', async ({
  behind,
  agent,
  newPage,
}) => {
  const mei = await agent('Mei', 1)
  const { proxy, origin } = await behind('through')
  const anna = await Widget.visit(await newPage(), origin)
  await anna.say('Hello')
  await mei.open('Hello')
  // An answered conversation keeps its seat while the guest is not connected.
  await mei.say('Hello, Anna')
  await expect(anna).toShow(['Hello', 'Hello, Anna'])
  proxy.upgrades = 'refused'
  await expect(anna.panel).toContainText(BLOCKED, { timeout: TOLD_MS_MAX })
  await anna.say('Can you hear me?')
  await expect(mei).toShow(['Hello', 'Hello, Anna', 'Can you hear me?'])
  await mei.say('Yes')
  proxy.upgrades = 'through'
  await anna.panel.getByRole('button', { name: 'Try now' }).click()
  await expect(anna.panel).not.toContainText(BLOCKED)
  await expect(anna).toShow(['Hello', 'Hello, Anna', 'Can you hear me?', 'Yes'])
})

test('a server that restarts is not taken for a network that blocks', async ({ behind, seatline, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await behind('through')
  const page = await newPage()
  const said = advice(page)
  const anna = await Widget.visit(page, origin)
  await anna.say('Hello')
  await mei.open('Hello')
  await seatline.stop()
  await expect.poll(() => said.length, { timeout: TOLD_MS_MAX }).toBe(1)
  await seatline.start()
  await anna.resumed()
  await anna.say('Back')
  await expect(mei).toShow(['Hello', 'Back'])
  expect(said.filter((sentence) => /WebSocket|site allow/.test(sentence))).toEqual([])
})
