// A line so slow that the test decides when a frame of the server arrives.

import type { BrowserContext, Page } from '@playwright/test'

export class Hold {
  readonly #held: (() => void)[] = []
  #closed = true

  /** Holds frames of this type back on their way to pages. */
  constructor(private readonly type: string) {}

  /** Stands between pages and their sockets; to be called before they connect. */
  async before(pages: Page | BrowserContext): Promise<void> {
    await pages.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((data) => {
        const held = this.#closed && (JSON.parse(data.toString()) as { type: string }).type === this.type
        if (held) this.#held.push(() => socket.send(data))
        else socket.send(data)
      })
    })
  }

  /** How many frames wait. */
  get count(): number {
    return this.#held.length
  }

  /** Lets them go, and those that follow. */
  release(): void {
    this.#closed = false
    for (const pass of this.#held.splice(0)) pass()
  }
}
