// The world of a test in one line: a fresh Seatline, with browsers for guests and members on demand.

import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { Api, type Site } from './api.ts'
import { Cable } from './cable.ts'
import { Console } from './console.ts'
import type { Engine } from './database.ts'
import { Desk } from './desk.ts'
import { type Credentials, Seatline } from './seatline.ts'
import { openShop, type Shop, type ShopPage } from './shop.ts'
import { type Frame, Socket } from './socket.ts'
import { Widget } from './widget.ts'

export { expect } from './talk.ts'

export interface Options {
  engine: Engine
  /** `SEATLINE_*` variables of the server. */
  settings: Record<string, string>
}

interface World {
  seatline: Seatline
  /** The HTTP API, signed in as the administrator of the first start. */
  api: Api
  /** The site that a fresh database has. */
  site: Site
  /** A new visitor on the shop's page, with a browser of their own. */
  guest: () => Promise<Widget>
  /** A new agent at their desk, on duty, with a browser of their own. */
  agent: (name: string, seats: number, browser?: BrowserContextOptions) => Promise<Desk>
  /** Mei, an agent with one seat, who reads that Anna, a guest, said 'Hello'. */
  meiWithAnna: (browser?: BrowserContextOptions) => Promise<{ mei: Desk; anna: Widget }>
  /** A member at the desk, with a browser of their own. */
  atDesk: (member: Credentials, browser?: BrowserContextOptions) => Promise<Desk>
  /** A member at the console, with a browser of their own. */
  atConsole: (member: Credentials) => Promise<Console>
  /** A bare connection to the guest endpoint; with a `hello`, welcomed. */
  connect: (hello?: Frame) => Promise<Socket>
  /** Opens a page in a browser of its own; the test fails if a page throws. */
  newPage: (browser?: BrowserContextOptions) => Promise<Page>
  /** A customer's page of another origin, allowed to have the chat, with the script in it. */
  shop: (page?: Partial<ShopPage>) => Promise<Shop>
  /** A cable to Seatline that can be cut: its `origin` as `baseURL` of a browser. */
  cable: Cable
}

export const test = base.extend<Options & World>({
  engine: ['sqlite', { option: true }],
  settings: [{}, { option: true }],

  seatline: async ({ engine, settings }, use, testInfo) => {
    const seatline = await Seatline.fresh(engine, settings)
    await use(seatline)
    await seatline.remove()
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server log', { body: seatline.log.join('\n'), contentType: 'text/plain' })
    }
  },

  api: async ({ seatline }, use) => {
    const api = await Api.login(seatline, seatline.administrator)
    await use(api)
    await api.dispose()
  },

  site: async ({ api }, use) => {
    const [site] = await api.call<Site[]>('site/list')
    if (!site) throw new Error('a fresh database has a site')
    await use(site)
  },

  newPage: async ({ browser, seatline }, use) => {
    const contexts: BrowserContext[] = []
    const errors: string[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: seatline.origin, ...options })
      contexts.push(context)
      context.on('weberror', (error) => errors.push(String(error.error())))
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
    base.expect(errors, 'errors that pages threw').toEqual([])
  },

  cable: async ({ seatline }, use) => {
    const cable = await Cable.to(seatline.origin)
    await use(cable)
    await cable.remove()
  },

  shop: async ({ api, site }, use) => {
    const shops: Shop[] = []
    await use(async (page) => {
      const shop = await openShop({ tag: site.embed, ...page })
      shops.push(shop)
      await api.allow(
        site,
        shops.map(({ origin }) => origin),
      )
      return shop
    })
    await Promise.all(shops.map((shop) => shop.close()))
  },

  guest: async ({ newPage }, use) => {
    await use(async () => Widget.visit(await newPage(), '/demo'))
  },

  atDesk: async ({ newPage }, use) => {
    await use(async (member, browser) => Desk.login(await newPage(browser), member))
  },

  atConsole: async ({ newPage }, use) => {
    await use(async (member) => Console.login(await newPage(), member))
  },

  agent: async ({ api, atDesk }, use) => {
    await use(async (name, seats, browser) => {
      const desk = await atDesk(await api.newAgent({ login: name.toLowerCase(), name, seats }), browser)
      await desk.duty('On duty')
      return desk
    })
  },

  meiWithAnna: async ({ agent, guest }, use) => {
    await use(async (browser) => {
      const mei = await agent('Mei', 1, browser)
      const anna = await guest()
      await anna.say('Hello')
      await mei.open('Hello')
      return { mei, anna }
    })
  },

  connect: async ({ seatline, site }, use) => {
    const sockets: Socket[] = []
    await use(async (hello) => {
      const url = seatline.ws(`/ws/guest?site=${site.key}`)
      const socket = await Socket.connect(url, { origin: seatline.origin })
      sockets.push(socket)
      if (hello) {
        socket.send(hello)
        await socket.next('welcome')
      }
      return socket
    })
    for (const socket of sockets) socket.close()
  },
})
