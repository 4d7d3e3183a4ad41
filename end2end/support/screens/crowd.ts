// Guests and agents as bare connections: a full house takes a second, where browsers would take minutes.

import { randomUUID } from 'node:crypto'
import type { Seatline } from '../seatline.ts'
import { type Frame, Socket } from '../socket.ts'
import type { Turns, Visitor } from './people.ts'

const SHOP = 'https://shop.example'
const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

let guests = 0

/** A server that is to believe the guests' addresses. */
export const CROWD_SETTINGS = { SEATLINE_TRUSTED_PROXIES: '127.0.0.1' }

/** Who has a conversation. */
interface Talking {
  readonly conversation: string
}

export class Guest implements Talking {
  private constructor(
    readonly socket: Socket,
    readonly conversation: string,
  ) {}

  /** Comes to the shop, says who they are and asks for a seat. */
  static async visit(seatline: Seatline, key: string, visitor: Visitor): Promise<Guest> {
    const { name, contact = '', url, title, language, time_zone } = visitor
    // Each from an address of their own: so many new guests from one would be sent away.
    guests += 1
    const address = `203.0.${113 + Math.floor(guests / 250)}.${1 + (guests % 250)}`
    const headers = { origin: seatline.origin, 'user-agent': BROWSER, 'x-forwarded-for': address }
    const socket = await Socket.connect(seatline.ws(`/ws/guest?site=${key}`), headers)
    const environment = { language, time_zone, screen_width: 1728, screen_height: 1117 }
    const page = { url: SHOP + url, title, referrer: 'https://search.example/' }
    socket.send({ type: 'hello', protocol: 1, page: { ...page, url: SHOP, title: 'Three Hills Tea' }, environment })
    await socket.next('welcome')
    socket.send({ type: 'page', ...page, referrer: SHOP })
    if (name || contact) socket.send({ type: 'contact', name, contact })
    socket.send({ type: 'start' })
    const { id } = await socket.next('conversation')
    return new Guest(socket, String(id))
  }

  async say(text: string): Promise<void> {
    this.socket.send({ type: 'send', id: randomUUID(), text })
    await this.socket.next('ack')
  }

  typing(text: string): void {
    this.socket.send({ type: 'typing', text })
  }

  /** Has seen everything up to that message. */
  read(seq: number): void {
    this.socket.send({ type: 'read', seq })
  }
}

export class Agent {
  readonly #epochs = new Map<string, number>()
  /** Who said what last. */
  readonly #said = new Map<string, string>()
  #wake = () => {}

  private constructor(readonly socket: Socket) {
    socket.heed = (frame) => this.#heed(frame)
  }

  /** Connects with a session and takes guests. */
  static async onDuty(seatline: Seatline, cookie: string): Promise<Agent> {
    const agent = new Agent(await Socket.connect(seatline.ws('/ws/desk'), { origin: seatline.origin, cookie }))
    agent.socket.send({ type: 'hello', protocol: 1, resume: [] })
    await agent.socket.next('welcome')
    await agent.duty('on')
    return agent
  }

  async duty(duty: 'on' | 'break' | 'off'): Promise<void> {
    this.socket.send({ type: 'duty', duty })
    await this.socket.next('me')
  }

  /** Waits until the guest has one of the agent's seats. */
  async seated(guest: Talking): Promise<void> {
    while (!this.#epochs.has(guest.conversation)) await this.#next()
  }

  async say(guest: Talking, text: string): Promise<void> {
    this.#send('send', guest, { id: randomUUID(), text })
    await this.socket.next('ack')
  }

  /** Answers whoever says these words, or has just said them. */
  async answer(words: string, text: string): Promise<void> {
    let conversation
    while (!(conversation = this.#said.get(words))) await this.#next()
    this.#said.delete(words)
    await this.say({ conversation }, text)
  }

  /** Has seen everything up to that message. */
  read(guest: Talking, seq: number): void {
    this.#send('read', guest, { seq })
  }

  typing(guest: Talking): void {
    this.#send('typing', guest, { active: true })
  }

  close(guest: Talking): void {
    this.#send('close', guest, {})
  }

  #heed(frame: Frame): void {
    if (frame.type === 'conversation') this.#epochs.set(String(frame.id), Number(frame.epoch))
    const { text } = (frame.body ?? {}) as { text?: string }
    if (frame.type === 'message' && text !== undefined) this.#said.set(text, String(frame.conversation))
    this.#wake()
  }

  #next(): Promise<void> {
    return new Promise((heard) => (this.#wake = heard))
  }

  #send(type: string, guest: Talking, fields: object): void {
    const frame: Frame = { type, conversation: guest.conversation, epoch: this.#epochs.get(guest.conversation), ...fields }
    this.socket.send(frame)
  }
}

/** Guest and agent talk in turns. */
export async function talk(guest: Guest, agent: Agent, turns: Turns): Promise<void> {
  await agent.seated(guest)
  for (const [index, text] of turns.entries()) {
    if (index % 2 === 0) {
      await guest.say(text)
      continue
    }
    // What was said before; the first of all is the notice that the seat was taken.
    agent.read(guest, index + 1)
    await agent.say(guest, text)
  }
}
