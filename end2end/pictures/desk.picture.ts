// docs/images/desk.png: an agent's desk in use. The guests are bare connections; the desk is real.

import { resolve } from 'node:path'
import { CROWD_SETTINGS, Guest } from '../support/screens/crowd.ts'
import type { Visitor } from '../support/screens/people.ts'
import { expect, test as base } from '../support/test.ts'

const IMAGES = resolve(import.meta.dirname, '../../docs/images')

const test = base.extend<{ visit: (visitor: Visitor) => Promise<Guest> }>({
  visit: async ({ seatline, site }, use) => {
    const guests: Guest[] = []
    await use(async (visitor) => {
      const guest = await Guest.visit(seatline, site.key, visitor)
      guests.push(guest)
      return guest
    })
    for (const { socket } of guests) socket.close()
  },
})

test.use({ settings: CROWD_SETTINGS })

test('a desk in use', async ({ api, atDesk, visit }) => {
  const china = { language: 'zh-CN', time_zone: 'Asia/Shanghai' }
  const europe = { language: 'en-GB', time_zone: 'Europe/London' }

  for (const [name, text] of [
    ['Léa Martin', 'Do you ship to Norway?'],
    ['陈先生', '请问茶壶还有货吗？'],
  ] as const) {
    await (await visit({ name, contact: 'lea@example.org', url: '/', title: 'Three Hills Tea', ...europe })).say(text)
  }

  const mei = await atDesk(await api.newAgent({ login: 'mei', name: 'Mei', seats: 3 }))
  await mei.duty('On duty')
  const wang = await visit({ name: '王女士', url: '/teas/longjing', title: '龙井 明前 50 克', ...china })
  await wang.say('您好，这款龙井是今年的吗？')
  const bob = await visit({ name: 'Bob', url: '/cart', title: 'Your cart', ...europe })
  await bob.say('My voucher is not accepted')
  const elif = await visit({ name: 'Elif Kaya', url: '/teas/pu-erh', title: 'Aged pu-erh cake', ...europe })
  await elif.say('How long does the cake keep?')
  for (const name of ['Anna', 'Jonas']) await visit({ name, url: '/teas/oolong', title: 'Wuyi rock oolong', ...europe })

  await mei.open('How long does the cake keep?')
  await mei.say('For many years, kept dry and away from the kitchen.')
  await mei.open('您好')
  await mei.say('您好！是的，四月初刚采的头批。')
  await expect(mei.page.getByText('四月初')).toHaveCount(2)
  await wang.say('太好了。50 克一罐大概能泡多少次？')
  await expect(mei).toShow(['您好，这款龙井是今年的吗？', '您好！是的，四月初刚采的头批。', '太好了。50 克一罐大概能泡多少次？'])
  await mei.say('每次 3 克的话，大约 16 次，每次还可以续三四道水。')
  wang.read(6)
  wang.typing('那我要两罐，可以包装成礼')
  await expect(mei.typing).toBeVisible()
  await expect(mei.line).toHaveCount(2)
  await mei.page.screenshot({ path: `${IMAGES}/desk.png` })
})
