// A real Seatline: the release binary in an empty folder, on a port and a database of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Database, type Engine, freshDatabase } from './database.ts'

const BINARY = process.env.SEATLINE_BINARY ?? resolve(import.meta.dirname, '../../target/release/seatline')

export interface Credentials {
  login: string
  password: string
}

export class Seatline {
  /** Everything it logged, over restarts. */
  readonly log: string[] = []
  /** The one that the first start prints. */
  administrator: Credentials = { login: '', password: '' }
  #process: ChildProcess | undefined
  #listen = '127.0.0.1:0'

  private constructor(
    private readonly folder: string,
    private readonly database: Database,
    private readonly settings: Record<string, string>,
  ) {}

  /** A first start on an empty folder and database; `settings` are `SEATLINE_*` variables. */
  static async fresh(engine: Engine, settings: Record<string, string> = {}): Promise<Seatline> {
    const folder = await mkdtemp(join(tmpdir(), 'seatline-'))
    const seatline = new Seatline(folder, await freshDatabase(engine), settings)
    try {
      await seatline.start()
      return seatline
    } catch (error) {
      await seatline.remove()
      throw error
    }
  }

  /** `http://127.0.0.1:PORT`, the same over restarts. */
  get origin(): string {
    return `http://${this.#listen}`
  }

  /** A WebSocket address. */
  ws(path: string): string {
    return `ws://${this.#listen}${path}`
  }

  /** Starts it and waits until it listens. */
  async start(): Promise<void> {
    const env = { PATH: process.env.PATH ?? '', ...this.database.env, ...this.settings }
    const child = spawn(BINARY, ['serve', '--listen', this.#listen, '--data', join(this.folder, 'data')], {
      cwd: this.folder,
      env: { ...env, SEATLINE_LOG_FORMAT: 'json' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    const address = new Promise<string>((found, lost) => {
      const read = (line: string) => {
        this.log.push(line)
        const password = /^ {2}Password {2}(\S+)/.exec(line)
        if (password?.[1]) this.administrator = { login: 'admin', password: password[1] }
        const listening = /"listening on http:\/\/(127\.0\.0\.1:\d+)"/.exec(line)
        if (listening?.[1]) found(listening[1])
      }
      createInterface({ input: child.stdout }).on('line', read)
      createInterface({ input: child.stderr }).on('line', read)
      child.once('exit', (code) => lost(new Error(`seatline ended with ${code}:\n${this.log.join('\n')}`)))
    })
    this.#listen = await address
  }

  /** Pulls the plug: no signal handler runs, nothing is flushed. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Stops it as an operator does; its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Ends it in any state and removes what it wrote. */
  async remove(): Promise<void> {
    await this.#end('SIGKILL')
    await this.database.drop()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const exited = once(child, 'exit')
    child.kill(signal)
    const [code] = (await exited) as [number | null]
    return code
  }
}
