// Holds back frames of pages until as many as are expected stand before it, and lets them go all at once.

import type { Page, WebSocketRoute } from '@playwright/test'

export class Gate {
  readonly #held: (() => void)[] = []

  /** For `expected` frames of `type` in all. */
  constructor(
    private readonly type: string,
    private readonly expected: number,
  ) {}

  /** Stands between a page and its socket; to be called before the page connects. */
  async before(page: Page): Promise<void> {
    await page.routeWebSocket(/\/ws\//, (socket) => this.#stand(socket))
  }

  #stand(socket: WebSocketRoute): void {
    const server = socket.connectToServer()
    socket.onMessage((data) => {
      if ((JSON.parse(data.toString()) as { type: string }).type === this.type) this.#hold(() => server.send(data))
      else server.send(data)
    })
  }

  #hold(go: () => void): void {
    this.#held.push(go)
    if (this.#held.length === this.expected) for (const pass of this.#held.splice(0)) pass()
  }
}
