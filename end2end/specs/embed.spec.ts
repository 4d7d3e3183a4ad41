import { openShop, type Shop } from '../support/shop.ts'
import { expect, test as base } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const test = base.extend<{ shop: Shop }>({
  shop: async ({ site }, use) => {
    const shop = await openShop(site.embed)
    await use(shop)
    await shop.close()
  },
})

test('a page of another origin carries the chat once its site allows it', async ({ api, site, shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  await api.call('site/update', {
    id: site.id,
    change: { name: site.name, allowed_origins: [shop.origin], group: site.group },
  })
  const page = await newPage()
  const anna = await Widget.visit(page, shop.origin)
  await expect(anna.panel).toContainText('Mei')
  await anna.say('Hello from the shop')
  await mei.open('Hello from the shop')
  await mei.say('Hello')
  await expect(anna).toShow(['Hello from the shop', 'Hello'])
  expect(await page.context().cookies()).toEqual([])
})
