// A proxy that does one thing wrong.

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export type Fault =
  /** Asks for the server by the server's own name. */
  | 'host'
  /** Takes `Upgrade` off. */
  | 'upgrade'
  /** Lets the upgrade through, and no frame after it. */
  | 'frames'
  /** Takes `Set-Cookie` off. */
  | 'cookies'
  /** Answers calls of the API with a page of its own. */
  | 'page'
  /** Shows the server below `/chat`. */
  | 'path'

export class Middleman {
  /** Upgraded ones are not the server's any more. */
  readonly #sockets = new Set<Duplex>()

  private constructor(
    private readonly server: Server,
    private readonly upstream: URL,
    private readonly fault: Fault | null,
  ) {}

  static async before(origin: string, fault: Fault | null): Promise<Middleman> {
    const server = createServer()
    const middleman = new Middleman(server, new URL(origin), fault)
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => middleman.#pass(asked, answer))
    server.on('upgrade', (asked: IncomingMessage, socket: Duplex) => middleman.#upgrade(asked, socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return middleman
  }

  /** A name that is not this computer's own, without encryption. */
  get origin(): string {
    return `http://desk.test:${(this.server.address() as AddressInfo).port}`
  }

  async remove(): Promise<void> {
    this.server.closeAllConnections()
    for (const socket of this.#sockets) socket.destroy()
    this.server.close()
    await once(this.server, 'close')
  }

  #ask(asked: IncomingMessage) {
    const headers = { ...asked.headers }
    if (this.fault === 'host') headers.host = this.upstream.host
    if (this.fault === 'upgrade') {
      delete headers.upgrade
      headers.connection = 'close'
    }
    const path = this.fault === 'path' ? (asked.url ?? '').replace(/^\/chat/, '') : asked.url
    return request({ host: this.upstream.hostname, port: this.upstream.port, method: asked.method, path, headers })
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.fault === 'page' && asked.url?.startsWith('/api/')) {
      answer.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')
      return
    }
    // Below a path, everything else of the host is somebody else's.
    if (this.fault === 'path' && !asked.url?.startsWith('/chat')) {
      answer.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>')
      return
    }
    const passed = this.#ask(asked)
    passed.on('response', (response) => {
      const headers = { ...response.headers }
      if (this.fault === 'cookies') delete headers['set-cookie']
      answer.writeHead(response.statusCode ?? 502, headers)
      response.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  }

  #upgrade(asked: IncomingMessage, socket: Duplex): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
    const passed = this.#ask(asked)
    passed.on('upgrade', (response, far: Duplex) => {
      const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      far.on('error', () => socket.destroy())
      socket.on('close', () => far.destroy())
      if (this.fault === 'frames') return
      far.pipe(socket)
      socket.pipe(far)
    })
    passed.on('response', (response) => {
      response.resume()
      socket.end(`HTTP/1.1 ${response.statusCode} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    })
    passed.on('error', () => socket.destroy())
    passed.end()
  }
}
