// What the widget keeps in the browser, where the page has left it no room.

import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** Uses up the quota of the page's storage, to the last character. */
const FILLED = `<script>
  for (let size = 1 << 22; size >= 1; size /= 2) {
    try { for (;;) localStorage.setItem('cart' + localStorage.length, 'x'.repeat(size)) } catch {}
  }
</script>`

test('where the page has filled the storage, what one writes is sent', async ({ shop, agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop({ head: FILLED })
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.say('Hello from a full shop')
  await mei.open('Hello from a full shop')
  await mei.say('Hello')
  await anna.sayAll(['One', 'Two'])
  await expect(anna).toShow(['Hello from a full shop', 'Hello', 'One', 'Two'])
  await expect(mei).toShow(['Hello from a full shop', 'Hello', 'One', 'Two'])
  await expect(anna.mark('Two')).toHaveAccessibleName('Seen')
  await expect(anna.box).toHaveValue('')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('seatline')))).toEqual([])
})

test('where the page fills the storage meanwhile, what is written before the connection is back is sent', async ({
  seatline,
  site,
  shop,
  agent,
  cable,
  newPage,
}) => {
  const mei = await agent('Mei', 1)
  const { origin } = await shop({ tag: site.embed.replace(seatline.origin, cable.origin) })
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await anna.say('Before')
  await mei.open('Before')
  cable.cut()
  await expect(anna.panel).toContainText('No connection')
  await page.evaluate((html) => new Function(html.replace(/<\/?script>/g, ''))(), FILLED)
  await anna.sayAll(['Written offline', 'And this'])
  cable.mend()
  await anna.resumed()
  await expect(mei).toShow(['Before', 'Written offline', 'And this'])
  await expect(anna).toShow(['Before', 'Written offline', 'And this'])
})

test('where the page has filled the storage, a message can be left', async ({ shop, agent, newPage }) => {
  const { origin } = await shop({ head: FILLED })
  const anna = await Widget.visit(await newPage(), origin)
  await expect(anna.panel).toContainText('Nobody is on duty right now')
  await anna.leaveMessage({ text: 'Do you ship to Norway?', contact: 'anna@example.org', name: 'Anna' })
  await expect(anna.panel).toContainText('We have your message')
  await expect(anna.panel).toContainText('We will write to anna@example.org')

  const mei = await agent('Mei', 1)
  await mei.claim('Do you ship to Norway?')
  await expect(mei.guest).toContainText('anna@example.org')
})

test('where the browser keeps nothing at all, two tabs have a talk each, and each message is there once', async ({
  site,
  seatline,
  shop,
  agent,
  cable,
  newPage,
}) => {
  const mei = await agent('Mei', 3)
  const { origin } = await shop({ tag: site.embed.replace(seatline.origin, cable.origin) })
  const page = await newPage()
  await page.context().addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      const get = () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      }
      Object.defineProperty(window, name, { get })
    }
  })
  const first = await Widget.visit(page, origin)
  const second = await Widget.visit(await page.context().newPage(), origin)
  await Promise.all([first.say('From the first tab'), second.say('From the second tab')])
  for (const tab of ['first', 'second']) {
    await mei.open(`From the ${tab} tab`)
    await mei.say(`Hello, ${tab} tab`)
  }
  await expect(mei.mine).toHaveCount(2)
  await expect(first).toShow(['From the first tab', 'Hello, first tab'])
  await expect(second).toShow(['From the second tab', 'Hello, second tab'])

  // What may have been stored when the line went is sent again.
  await Promise.all([first.say('And this'), second.say('And that')])
  cable.cut()
  for (const tab of [first, second]) await expect(tab.panel).toContainText('No connection')
  await Promise.all([first.say('Written offline'), second.say('Offline as well')])
  cable.mend()
  const said = [
    ['From the first tab', 'Hello, first tab', 'And this', 'Written offline'],
    ['From the second tab', 'Hello, second tab', 'And that', 'Offline as well'],
  ]
  await Promise.all([first.resumed(), second.resumed()])
  for (const [tab, texts] of [[first, said[0]], [second, said[1]]] as const) {
    await expect(tab).toShow(texts ?? [])
    await expect(tab.mark(texts?.at(-1) ?? '')).toHaveAccessibleName(/Sent|Delivered|Seen/)
  }
  for (const texts of said) {
    await mei.open(texts.at(-1) ?? '')
    await expect(mei).toShow(texts)
  }
  await expect(mei.mine).toHaveCount(2)
})
