// A proxy before Seatline that passes on what is HTTP, and of WebSockets what the test lets through.

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** What it does to an upgrade: answers it with an error, passes the request on without it, leaves it lying, grants it and keeps all
 * frames to itself, or lets it through. */
export type Upgrades = 'refused' | 'stripped' | 'swallowed' | 'muted' | 'through'

export class Proxy {
  readonly #sockets = new Set<Duplex>()
  #upgrades: Upgrades

  private constructor(
    private readonly server: Server,
    private readonly far: URL,
    upgrades: Upgrades,
  ) {
    this.#upgrades = upgrades
    server.on('upgrade', (asked: IncomingMessage, socket: Duplex) => this.#upgrade(asked, socket))
    server.on('request', (asked, answer) => {
      const { method, url: path, headers } = asked
      const passed = request({ host: far.hostname, port: far.port, method, path, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers)
        given.pipe(answer)
      })
      passed.on('error', () => answer.destroy())
      asked.pipe(passed)
    })
  }

  static async to(origin: string, upgrades: Upgrades): Promise<Proxy> {
    const server = createServer()
    const proxy = new Proxy(server, new URL(origin), upgrades)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** From now on; what is open is cut. */
  set upgrades(upgrades: Upgrades) {
    this.#upgrades = upgrades
    for (const socket of this.#sockets) socket.destroy()
  }

  async remove(): Promise<void> {
    this.upgrades = 'refused'
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  #upgrade(asked: IncomingMessage, socket: Duplex): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.#sockets.delete(socket))
    if (this.#upgrades === 'refused') socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
    if (this.#upgrades === 'refused' || this.#upgrades === 'swallowed') return
    const stripped = this.#upgrades === 'stripped'
    const far = connect(Number(this.far.port), this.far.hostname)
    const lines = [`${asked.method} ${asked.url} HTTP/1.1`]
    for (let index = 0; index < asked.rawHeaders.length; index += 2) {
      const [name = '', value = ''] = asked.rawHeaders.slice(index, index + 2)
      if (!stripped || !/^(upgrade|connection)$/i.test(name)) lines.push(`${name}: ${value}`)
    }
    far.write(`${lines.join('\r\n')}\r\n\r\n`)
    if (this.#upgrades === 'muted') far.once('data', (granted) => socket.write(granted)).on('data', () => {})
    else far.pipe(socket).pipe(far)
    far.on('error', () => socket.destroy())
    far.on('close', () => socket.destroy())
    socket.on('close', () => far.destroy())
  }
}
