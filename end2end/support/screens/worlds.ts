// The houses that screens are looked at in: nobody there, a quiet one, a full one. Made once, however many look.

import { Api, type Site } from '../api.ts'
import { type Credentials, Seatline } from '../seatline.ts'
import type { Socket } from '../socket.ts'
import { Agent, CROWD_SETTINGS, Guest, talk } from './crowd.ts'
import { colleagues, GROUPS, MISSED, type NewMember, SEATED, SITES, type Visitor, waiting } from './people.ts'

/** What the full house holds; the issue of "many". */
const LINE = 30
const COLLEAGUES = 60
/** Of them, those who are connected: on duty, and on break. */
const ON_DUTY = 8
const ON_BREAK = 3

export const WORLDS = {
  /** As the first start leaves it. */
  fresh: async () => {},
  /** One agent on duty, Mei, with one guest. */
  quiet: async (world: World) => {
    const mei = await world.agent({ login: 'mei', name: 'Mei Lin', seats: 40 })
    const [wang] = SEATED
    if (wang) await talk(await world.guest(wang), mei, wang.turns)
  },
  /** One agent on duty, Mei, and nobody else. */
  ready: async (world: World) => {
    await world.agent({ login: 'mei', name: 'Mei Lin', seats: 3 })
  },
  /** One agent on duty, Mei, who has just let a guest wait in vain. */
  unanswered: async (world: World) => {
    const mei = await world.agent({ login: 'mei', name: 'Mei Lin', seats: 3 })
    const [wang] = SEATED
    if (wang) await world.guest(wang)
    while (!(await mei.socket.next('me')).away);
  },
  /** One agent on duty, Mei, whose only seat is taken. */
  taken: async (world: World) => {
    const mei = await world.agent({ login: 'mei', name: 'Mei Lin', seats: 1 })
    const [wang] = SEATED
    if (wang) await talk(await world.guest(wang), mei, wang.turns)
    for (const visitor of waiting(3)) await world.guest(visitor)
  },
  /** Twelve conversations, thirty in line, sixty members. */
  busy,
} satisfies Record<string, (world: World) => Promise<void>>

export type WorldName = keyof typeof WORLDS

async function busy(world: World): Promise<void> {
  for (const { text, ...visitor } of MISSED.toReversed()) await (await world.guest(visitor)).say(text)

  const members = colleagues(COLLEAGUES)
  const [first] = members
  const mei = first && (await world.agent(first))
  if (!mei) return
  const guests = []
  for (const { turns, ...visitor } of SEATED) {
    const guest = await world.guest(visitor)
    guests.push(guest)
    await talk(guest, mei, turns)
  }
  for (const visitor of waiting(LINE)) await world.guest(visitor)
  guests[0]?.typing('还有，可以开发票吗')

  const ids: number[] = []
  for (const [index, member] of members.entries()) {
    if (index === 0) continue
    // They serve other groups: in Mei's they would take the line away.
    const { id, credentials } = await world.member(member, [])
    ids.push(id)
    if (index <= ON_DUTY + ON_BREAK) {
      const agent = await world.connect(credentials)
      if (index > ON_DUTY) await agent.duty('break')
      // On duty, and not there: the longest thing that a status says.
      if (index === ON_DUTY) agent.socket.close()
    } else if (index % 9 === 0) await world.api.call('member/set_disabled', { id, disabled: true })
  }
  for (const [index, name] of GROUPS.entries()) {
    const some = ids.filter((_, position) => position % GROUPS.length === index || position % 5 === index)
    await world.api.call('member_group/create', { group: { name, members: name === 'Wholesale' ? [] : some } })
  }
  const groups = (await world.api.call<{ id: number }[]>('member_group/list')).filter(({ id }) => id !== world.site.group)
  for (const [index, { name, origins }] of SITES.entries()) {
    const group = groups[index % groups.length]?.id
    const site = await world.api.call<Site>('site/create', { site: { name, allowed_origins: origins, group } })
    for (const visitor of waiting(6)) await world.guest(visitor, site)
  }
}

export class World {
  readonly #sockets: Socket[] = []
  readonly #sessions = new Map<string, Promise<string>>()
  readonly #members = new Map<string, Credentials>()
  readonly #agents = new Map<string, Agent>()
  readonly #once = new Map<string, Promise<unknown>>()

  private constructor(
    readonly seatline: Seatline,
    readonly api: Api,
    readonly site: Site,
  ) {}

  static async make(name: WorldName): Promise<World> {
    // Guests whose page was closed are to be gone when the next screen comes up.
    const settings = {
      ...CROWD_SETTINGS,
      SEATLINE_GUEST_GRACE_S: '0.5',
      SEATLINE_GUEST_GONE_S: '0.5',
      ...(name === 'unanswered' ? { SEATLINE_ACCEPT_S: '0.5' } : {}),
    }
    const seatline = await Seatline.fresh('sqlite', settings)
    try {
      const api = await Api.login(seatline, seatline.administrator)
      const [site] = await api.call<Site[]>('site/list')
      if (!site) throw new Error('a fresh database has a site')
      const world = new World(seatline, api, site)
      world.#members.set('admin', seatline.administrator)
      await WORLDS[name](world)
      return world
    } catch (error) {
      await seatline.remove()
      throw error
    }
  }

  async remove(): Promise<void> {
    for (const socket of this.#sockets) socket.close()
    await this.api.dispose()
    await this.seatline.remove()
  }

  async guest(visitor: Visitor, site = this.site): Promise<Guest> {
    const guest = await Guest.visit(this.seatline, site.key, visitor)
    this.#sockets.push(guest.socket)
    return guest
  }

  /** Makes a member who may serve the groups; the default group unless others are named. */
  async member(member: NewMember, groups?: number[], rights?: string[]): Promise<{ id: number; credentials: Credentials }> {
    const made = await this.api.newMember(member, groups, rights)
    this.#members.set(member.login, made.credentials)
    return made
  }

  /** Makes a member and has them take guests. */
  async agent(member: NewMember): Promise<Agent> {
    return this.connect((await this.member(member)).credentials)
  }

  async connect({ login }: Credentials): Promise<Agent> {
    const agent = await Agent.onDuty(this.seatline, await this.session(login))
    this.#sockets.push(agent.socket)
    this.#agents.set(login, agent)
    return agent
  }

  /** An agent of this world, by login. */
  at(login: string): Agent {
    const agent = this.#agents.get(login)
    if (!agent) throw new Error(`${login} is not connected`)
    return agent
  }

  /** What is needed once, whichever screen asks first. */
  once(what: string, make: (world: World) => Promise<unknown>): Promise<unknown> {
    const made = this.#once.get(what) ?? make(this)
    this.#once.set(what, made)
    return made
  }

  /** The session cookie of a member, by login; everyone logs in once. */
  session(login: string): Promise<string> {
    const known = this.#sessions.get(login)
    if (known) return known
    const credentials = this.#members.get(login)
    if (!credentials) throw new Error(`there is no ${login} in this world`)
    const session = this.#logIn(credentials)
    this.#sessions.set(login, session)
    return session
  }

  async #logIn(credentials: Credentials): Promise<string> {
    const api = await Api.login(this.seatline, credentials)
    const cookie = await api.cookie()
    await api.dispose()
    return cookie
  }
}
