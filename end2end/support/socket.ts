// A bare WebSocket client, for saying what no widget would say.

import WebSocket from 'ws'

export type Frame = { type: string; [field: string]: unknown }

export interface Closed {
  code: number
  reason: string
}

export class Socket {
  readonly closed: Promise<Closed>
  readonly #received: Frame[] = []
  #wake: () => void = () => {}
  #over = false
  /** Is told every frame, also those that `next` skips. */
  heed: (frame: Frame) => void = () => {}

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as Frame
      this.#received.push(frame)
      this.heed(frame)
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#over = true
        this.#wake()
        resolve({ code, reason: reason.toString() })
      })
    })
    // A reset after the server's close frame is no news.
    socket.on('error', () => {})
  }

  /** Connects; fails if the server refuses the upgrade. */
  static connect(url: string, headers: Record<string, string> = {}): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const raw = new WebSocket(url, { headers, perMessageDeflate: false })
      const socket = new Socket(raw)
      raw.once('open', () => resolve(socket))
      raw.once('error', reject)
    })
  }

  /** The HTTP status with which the server refuses the upgrade. */
  static refusal(url: string, headers: Record<string, string> = {}): Promise<number> {
    return new Promise((resolve, reject) => {
      const raw = new WebSocket(url, { headers })
      raw.once('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0)
        request.destroy()
      })
      raw.once('open', () => reject(new Error('the server accepted the connection')))
      raw.on('error', reject)
    })
  }

  send(frame: Frame): void {
    this.raw(JSON.stringify(frame))
  }

  raw(data: string | Buffer): void {
    this.socket.send(data)
  }

  /** The next frame of that type; those before it are skipped. */
  async next(type: string): Promise<Frame> {
    for (;;) {
      let frame
      while ((frame = this.#received.shift())) {
        if (frame.type === type) return frame
      }
      if (this.#over) throw new Error(`the connection closed before a frame of type ${type}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  close(): void {
    this.socket.terminate()
  }
}
