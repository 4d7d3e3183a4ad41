// The cable between a browser and Seatline: carries bytes both ways until it is cut, and again once it is mended.

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class Cable {
  readonly #ends = new Set<Socket>()
  #whole = true

  private constructor(
    private readonly server: Server,
    private readonly far: URL,
  ) {
    server.on('connection', (near) => this.#carry(near))
  }

  static async to(origin: string): Promise<Cable> {
    const server = createServer()
    const cable = new Cable(server, new URL(origin))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return cable
  }

  /** Where the browser finds Seatline at the near end. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Drops every connection without a word, and lets no new one through. */
  cut(): void {
    this.#whole = false
    for (const end of this.#ends) end.resetAndDestroy()
  }

  mend(): void {
    this.#whole = true
  }

  async remove(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }

  #carry(near: Socket): void {
    if (!this.#whole) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(this.far.port), this.far.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => this.#ends.delete(from))
    }
  }
}
