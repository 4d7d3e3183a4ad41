// Every proxy of docs/proxies.md that Debian has, with the configuration that stands there: a guest and an agent talk
// through it, and Seatline finds nothing to complain about.

import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { Api } from '../support/api.ts'
import { Desk } from '../support/desk.ts'
import { documented, freePorts, KINDS, Proxy, type ProxyName } from '../support/proxies.ts'
import { Seatline } from '../support/seatline.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

const NAMES = Object.keys(KINDS) as ProxyName[]

/** What clients and server let pass between two signs of life, in seconds. */
const HEARTBEAT_S = 25

for (const name of NAMES) {
  test(`guest and agent talk through ${name} as documented`, async ({ browser }) => {
    const [http, https] = (await freePorts(2)) as [number, number]
    const origin = `https://localhost:${https}`
    const seatline = await Seatline.fresh('sqlite', {
      SEATLINE_PUBLIC_URL: origin,
      SEATLINE_TRUSTED_PROXIES: '127.0.0.1',
    })
    const proxy = await Proxy.start(name, new URL(seatline.origin).host, [http, https])
    const context = await browser.newContext({ baseURL: origin, ignoreHTTPSErrors: true })
    const other = await browser.newContext({ baseURL: origin, ignoreHTTPSErrors: true })
    try {
      const api = await Api.login(seatline, seatline.administrator)
      const mei = await Desk.login(await context.newPage(), await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
      await mei.duty('On duty')
      const anna = await Widget.visit(await other.newPage(), '/demo')
      await anna.say('Hello')
      await mei.open('Hello')
      await mei.say('Good morning')
      await expect(anna).toShow(['Hello', 'Good morning'])

      expect(await fetched(mei, `/ws/check?origin=${origin}`)).toEqual({
        status: 200,
        body: { own_origin: true, host_kept: true, scheme_kept: true, address: 'told' },
      })
      // What Seatline takes gets through, and what it does not is refused by Seatline, in its own form.
      const long = await fetched(mei, '/api/v1/session/current', 60_000)
      expect(long).toMatchObject({ status: 200, body: { login: 'mei' } })
      const tooLong = await fetched(mei, '/api/v1/session/current', 100_000)
      expect(tooLong).toMatchObject({ status: 413, body: { code: 'too_large' } })
      expect(await redirect(http)).toMatch(/^https:\/\/localhost/)
      // The test itself asks past the proxy, and so without the header.
      const complaints = seatline.log.filter((line) => line.includes('"cause"') && !line.includes('address_missing'))
      expect(complaints).toEqual([])
      await api.dispose()
    } finally {
      await Promise.all([context.close(), other.close()])
      await proxy.remove()
      await seatline.remove()
    }
  })
}

test('documented proxies bear the silence between two signs of life, and the page shows the files that were tried', async () => {
  const page = await readFile(resolve(import.meta.dirname, '../../docs/proxies.md'), 'utf8')
  for (const name of NAMES) {
    const text = await documented(name)
    expect(page, name).toContain(text)
    for (const pattern of KINDS[name].silence) {
      expect(Number(pattern.exec(text)?.[1]), `${name}: ${pattern}`).toBeGreaterThanOrEqual(2 * HEARTBEAT_S)
    }
  }
})

/** What a page of the agent's gets, with a body of that many bytes if there is one. */
function fetched({ page }: Desk, address: string, bytes = 0): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([address, bytes]) => {
      const body = JSON.stringify({ padding: 'x'.repeat(bytes) })
      const post = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
      const answer = await fetch(address, bytes > 0 ? post : {})
      return { status: answer.status, body: (await answer.json()) as unknown }
    },
    [address, bytes] as const,
  )
}

/** Where somebody is sent who comes without encryption. */
function redirect(port: number): Promise<string> {
  return new Promise((sent, failed) => {
    const headers = { host: 'localhost' }
    request({ port, host: '127.0.0.1', path: '/desk', headers }, (answer) => {
      answer.resume()
      sent(answer.headers.location ?? '')
    })
      .on('error', failed)
      .end()
  })
}
