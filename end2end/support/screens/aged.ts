// A house that has been busy all day, made in a second: what is told to the browser is moved into the past. The line has
// grown one by one, talks took their time, and what was missed was missed since yesterday.

import type { Page } from '@playwright/test'

const MINUTE_MS = 60_000

/** How long ago the first message of the first, second, … conversation was; more than there are begin anew. */
const TALK_AGES_MIN = [26, 4, 9, 14, 3, 31, 12, 44, 8, 6, 58, 2]
/** How long ago the last words were that wait for an answer. */
const OWED_AGES_MIN = [0.4, 2.2, 0.9, 5.5, 1.4, 11, 0.2, 3, 0.6, 1.8, 7, 0.3]
/** How long ago the newest was missed, the one before, … */
const MISSED_AGES_MIN = [7, 19, 42, 95, 160, 310, 1_240, 1_490]
/** The first of them begins at the front of the line. */
const WAIT_STEP_MIN = 0.7

const TIMES = ['at', 'since', 'created_at', 'seated_at', 'left_at', 'first_seen_at', 'last_seen_at']

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export class Aged {
  readonly #order = new Map<string, number>()

  /** What this page is told; to be called before it goes anywhere. */
  async before(page: Page): Promise<void> {
    await page.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((data) => socket.send(JSON.stringify(this.#aged(JSON.parse(data.toString()) as Json, 0))))
    })
    await page.route(/\/api\/v1\/(conversation|guest)\//, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: this.#aged((await response.json()) as Json, TALK_AGES_MIN[0] ?? 0) })
    })
  }

  #aged(value: Json, age: number): Json {
    if (Array.isArray(value)) return value.map((item) => this.#aged(item, age))
    if (value === null || typeof value !== 'object') return value
    const talk = this.#talkOf(value)
    const mine = talk === undefined ? age : pick(TALK_AGES_MIN, talk) - secondsLater(value) / 60
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (typeof item === 'number' && TIMES.includes(key)) return [key, item - mine * MINUTE_MS]
        if (typeof item === 'number' && key === 'waiting_since') return [key, item - pick(OWED_AGES_MIN, talk ?? 0) * MINUTE_MS]
        if (Array.isArray(item) && (key === 'waiting' || key === 'line')) return [key, queue(item, (n) => (item.length - n) * WAIT_STEP_MIN)]
        if (Array.isArray(item) && key === 'missed') return [key, queue(item, (n) => pick(MISSED_AGES_MIN, n))]
        return [key, this.#aged(item, mine)]
      }),
    )
  }

  /** Which of the conversations in the order they were heard of this is about. */
  #talkOf(value: { [key: string]: Json }): number | undefined {
    const id = value.conversation ?? ('epoch' in value ? value.id : undefined)
    if (typeof id !== 'string') return undefined
    if (!this.#order.has(id)) this.#order.set(id, this.#order.size)
    return this.#order.get(id)
  }
}

function queue(items: Json[], age: (index: number) => number): Json {
  return items.map((item, index) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item) || typeof item.since !== 'number') return item
    return { ...item, since: item.since - age(index) * MINUTE_MS }
  })
}

/** Messages of a talk follow each other. */
function secondsLater(value: { [key: string]: Json }): number {
  return typeof value.seq === 'number' ? Math.min(value.seq, 20) * 5 : 0
}

function pick(list: number[], index: number): number {
  return list[index % list.length] ?? 0
}
