// What Lighthouse says of the pages, on a simulated phone with a slow line. Alone on the machine, after everything else,
// since it measures time; of up to five runs the best counts, since other programs only ever make it worse.

import { type BrowserContext, chromium, expect } from '@playwright/test'
import lighthouse from 'lighthouse'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as listen } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '../support/test.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
const SCORE_MIN = 95
const RUNS_MAX = 5

type Scores = Record<(typeof CATEGORIES)[number], number>

interface Measured {
  scores: Scores
  /** The audits that cost points, by name. */
  lost: string[]
}

class Judge {
  constructor(
    private readonly context: BrowserContext,
    private readonly port: number,
  ) {}

  /** Signed in, as a cookie header says; signed out without one. */
  async as(cookie: string, origin: string): Promise<void> {
    await this.context.clearCookies()
    const [name = '', value = ''] = cookie.split('=')
    if (name) await this.context.addCookies([{ name, value, url: origin }])
  }

  /** The best of as many runs as it takes, and no more than five. */
  async best(url: string): Promise<Measured> {
    let best = await this.#run(url)
    for (let runs = 1; runs < RUNS_MAX && worst(best) < SCORE_MIN; runs += 1) {
      const next = await this.#run(url)
      if (worst(next) > worst(best)) best = next
    }
    return best
  }

  async #run(url: string): Promise<Measured> {
    const result = await lighthouse(url, {
      port: this.port,
      logLevel: 'error',
      onlyCategories: [...CATEGORIES],
      // Whoever is signed in stays so.
      disableStorageReset: true,
    })
    if (!result || result.lhr.runtimeError) throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? 'no result'}`)
    const { categories, audits } = result.lhr
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)])) as Scores
    const lost = Object.values(audits)
      .filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(scoreDisplayMode))
      .map(({ id, displayValue }) => (displayValue ? `${id} ${displayValue}` : id))
    return { scores, lost }
  }
}

function worst({ scores }: Measured): number {
  return Math.min(...Object.values(scores))
}

async function freePort(): Promise<number> {
  const server = listen().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const test = base.extend<{ judge: Judge; withoutScript: string }>({
  judge: async ({ launchOptions }, use) => {
    const [folder, port] = [await mkdtemp(join(tmpdir(), 'lighthouse-')), await freePort()]
    const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`]
    const context = await chromium.launchPersistentContext(folder, { ...launchOptions, args })
    await use(new Judge(context, port))
    await context.close()
    await rm(folder, { recursive: true, force: true })
  },

  /** The address of the demonstration shop as it was before somebody put the script into it. */
  withoutScript: async ({ seatline }, use) => {
    const demo = await (await fetch(`${seatline.origin}/demo`)).text()
    const page = demo.replace(/<script src="[^"]*widget\.js".*?<\/script>/, '')
    expect(page.length, 'the tag was taken out').toBeLessThan(demo.length)
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(page)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    server.closeAllConnections()
    server.close()
  },
})

test(`Lighthouse gives every page at least ${SCORE_MIN}`, async ({ seatline, api, judge, withoutScript }) => {
  test.setTimeout(15 * 60_000)
  const admin = await api.cookie()
  const pages = [
    { name: '/demo without the script', url: withoutScript, cookie: '' },
    { name: '/demo', url: `${seatline.origin}/demo`, cookie: '' },
    { name: '/desk, log in', url: `${seatline.origin}/desk`, cookie: '' },
    { name: '/desk', url: `${seatline.origin}/desk`, cookie: admin },
    { name: '/admin, log in', url: `${seatline.origin}/admin`, cookie: '' },
    { name: '/admin', url: `${seatline.origin}/admin`, cookie: admin },
  ]
  const table = [`${'page'.padEnd(26)}${CATEGORIES.map((name) => name.padStart(16)).join('')}`]
  const short: string[] = []
  for (const { name, url, cookie } of pages) {
    await judge.as(cookie, seatline.origin)
    const measured = await judge.best(url)
    const scores = CATEGORIES.map((category) => measured.scores[category])
    table.push(`${name.padEnd(26)}${scores.map((score) => String(score).padStart(16)).join('')}`)
    if (worst(measured) < SCORE_MIN) short.push(`${name}: ${scores.join(' / ')}; lost by ${measured.lost.join(', ')}`)
  }
  console.log(`\n${table.join('\n')}\n`)
  expect(short).toEqual([])
})
