// docs/images/desk.png: an agent's desk in use. The guests are bare connections; the desk is real.

import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { Socket } from '../support/socket.ts'
import { expect, test as base } from '../support/test.ts'

interface Visitor {
  name: string
  contact?: string
  url: string
  title: string
  language: string
  time_zone: string
}

const IMAGES = resolve(import.meta.dirname, '../../docs/images')
const SHOP = 'https://shop.example'
const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const test = base.extend<{ visit: (visitor: Visitor) => Promise<Socket> }>({
  visit: async ({ seatline, site }, use) => {
    const sockets: Socket[] = []
    await use(async ({ name, contact = '', url, title, language, time_zone }) => {
      const headers = { origin: seatline.origin, 'user-agent': BROWSER, 'x-forwarded-for': '203.0.113.24' }
      const socket = await Socket.connect(seatline.ws(`/ws/guest?site=${site.key}`), headers)
      sockets.push(socket)
      const environment = { language, time_zone, screen_width: 1728, screen_height: 1117 }
      const page = { url: SHOP + url, title, referrer: 'https://search.example/' }
      socket.send({ type: 'hello', protocol: 1, page, environment })
      await socket.next('welcome')
      socket.send({ type: 'contact', name, contact })
      socket.send({ type: 'start' })
      await socket.next('conversation')
      return socket
    })
    for (const socket of sockets) socket.close()
  },
})

test.use({ settings: { SEATLINE_TRUSTED_PROXIES: '127.0.0.1' } })

function say(guest: Socket, text: string): void {
  guest.send({ type: 'send', id: randomUUID(), text })
}

test('a desk in use', async ({ api, atDesk, visit }) => {
  const china = { language: 'zh-CN', time_zone: 'Asia/Shanghai' }
  const europe = { language: 'en-GB', time_zone: 'Europe/London' }

  for (const [name, text] of [
    ['Léa Martin', 'Do you ship to Norway?'],
    ['陈先生', '请问茶壶还有货吗？'],
  ] as const) {
    const missed = await visit({ name, contact: 'lea@example.org', url: '/', title: 'Three Hills Tea', ...europe })
    say(missed, text)
    await missed.next('ack')
  }

  const mei = await atDesk(await api.newAgent({ login: 'mei', name: 'Mei', seats: 3 }))
  await mei.duty('On duty')
  const wang = await visit({ name: '王女士', url: '/teas/longjing', title: '龙井 明前 50 克', ...china })
  say(wang, '您好，这款龙井是今年的吗？')
  const bob = await visit({ name: 'Bob', url: '/cart', title: 'Your cart', ...europe })
  say(bob, 'My voucher is not accepted')
  const elif = await visit({ name: 'Elif Kaya', url: '/teas/pu-erh', title: 'Aged pu-erh cake', ...europe })
  say(elif, 'How long does the cake keep?')
  for (const name of ['Anna', 'Jonas']) await visit({ name, url: '/teas/oolong', title: 'Wuyi rock oolong', ...europe })

  await mei.open('How long does the cake keep?')
  await mei.say('For many years, kept dry and away from the kitchen.')
  await mei.open('您好')
  await mei.say('您好！是的，四月初刚采的头批。')
  await expect(mei.page.getByText('四月初')).toHaveCount(2)
  say(wang, '太好了。50 克一罐大概能泡多少次？')
  await expect(mei).toShow(['您好，这款龙井是今年的吗？', '您好！是的，四月初刚采的头批。', '太好了。50 克一罐大概能泡多少次？'])
  await mei.say('每次 3 克的话，大约 16 次，每次还可以续三四道水。')
  wang.send({ type: 'read', seq: 6 })
  wang.send({ type: 'typing', text: '那我要两罐，可以包装成礼' })
  await expect(mei.typing).toBeVisible()
  await expect(mei.line).toHaveCount(2)
  await mei.page.screenshot({ path: `${IMAGES}/desk.png` })
})
