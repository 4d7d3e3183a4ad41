import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

test('a page of another origin carries the chat', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop()
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('Mei')
  await anna.say('Hello from the shop')
  await mei.open('Hello from the shop')
  await mei.say('Hello')
  await expect(anna).toShow(['Hello from the shop', 'Hello'])
  expect(await page.context().cookies()).toEqual([])
})

test('a page that the site does not allow is told so in a sentence', async ({ api, site, shop, newPage }) => {
  const { origin } = await shop()
  await api.allow(site, ['https://elsewhere.example'])
  const anna = await Widget.visit(await newPage(), origin)
  await expect(anna.panel).toContainText('The chat is not available on this page')
})
