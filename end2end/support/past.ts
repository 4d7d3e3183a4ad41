// A talk that began long before the test: a guest and an agent as bare connections, since browsers would take minutes.

import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { Api, type Site } from './api.ts'
import { Agent } from './screens/crowd.ts'
import type { Seatline } from './seatline.ts'
import { Socket } from './socket.ts'

/** A server that lets one guest say much in little time. */
export const TALKATIVE = { SEATLINE_FRAMES_BURST: '20000', SEATLINE_FRAMES_PER_SECOND: '20000' }

/** Messages under way at a time. */
const WINDOW = 50

export interface Past {
  /** Tells a browser that it is this guest's. */
  remember: (page: Page) => Promise<void>
  /** Mei, who sits with the guest, says something. */
  says: (text: string) => Promise<void>
}

/** Anna said 'message 1' to `message ${count}` to Mei, who goes on listening. */
export async function longTalk(seatline: Seatline, api: Api, site: Site, count: number): Promise<Past> {
  const member = await Api.login(seatline, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
  const mei = await Agent.onDuty(seatline, await member.cookie())
  await member.dispose()
  const anna = await Socket.connect(seatline.ws(`/ws/guest?site=${site.key}`), { origin: seatline.origin })
  const environment = { language: 'en', time_zone: 'UTC', screen_width: 1280, screen_height: 800 }
  const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' }
  anna.send({ type: 'hello', protocol: 1, page, environment })
  const { token } = await anna.next('welcome')
  anna.send({ type: 'start' })
  const conversation = String((await anna.next('conversation')).id)
  await mei.seated({ conversation })
  for (let said = 0; said < count; said += WINDOW) {
    const texts = Array.from({ length: Math.min(WINDOW, count - said) }, (_, at) => `message ${said + at + 1}`)
    for (const text of texts) anna.send({ type: 'send', id: randomUUID(), text })
    for (const _ of texts) await anna.next('ack')
  }
  anna.close()
  return {
    remember: async (page) => {
      const saved = [`seatline:${site.key}`, JSON.stringify({ token })] as const
      await page.addInitScript(([key, value]) => localStorage.getItem(key) ?? localStorage.setItem(key, value), saved)
    },
    says: (text) => mei.say({ conversation }, text),
  }
}
