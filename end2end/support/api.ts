// The HTTP API as a program uses it.

import { type APIRequestContext, request } from '@playwright/test'
import type { Credentials, Seatline } from './seatline.ts'

export interface Site {
  id: number
  name: string
  key: string
  group: number
  /** The script tag. */
  embed: string
  allowed_origins: string[]
  version: number
}

export class Api {
  private constructor(private readonly http: APIRequestContext) {}

  /** Logs in; later calls carry the session. */
  static async login(seatline: Seatline, { login, password }: Credentials): Promise<Api> {
    const http = await request.newContext({
      baseURL: seatline.origin,
      extraHTTPHeaders: { origin: seatline.origin },
    })
    const api = new Api(http)
    await api.call('session/login', { login, password })
    return api
  }

  async call<Answer>(path: string, body: object = {}): Promise<Answer> {
    const response = await this.http.post(`/api/v1/${path}`, { data: body })
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  /** Lets the script of a site be embedded there, and nowhere else. */
  async allow({ id }: Site, allowed_origins: string[]): Promise<void> {
    const site = (await this.call<Site[]>('site/list')).find((site) => site.id === id)
    if (!site) throw new Error(`there is no site ${id}`)
    const { version, name, group } = site
    await this.call('site/update', { id, version, change: { name, allowed_origins, group } })
  }

  /** How the call is refused; `null` if it is not. */
  async refusal(path: string, body: object = {}): Promise<{ status: number; code: string } | null> {
    const response = await this.http.post(`/api/v1/${path}`, { data: body })
    if (response.ok()) return null
    const { code } = (await response.json()) as { code: string }
    return { status: response.status(), code }
  }

  /** The session, as the header of a request that is made elsewhere. */
  async cookie(): Promise<string> {
    const { cookies } = await this.http.storageState()
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  /** Makes an agent of the default group. */
  async newAgent(member: { login: string; name: string; seats: number }): Promise<Credentials> {
    return (await this.newMember(member)).credentials
  }

  /** Makes a member who may serve the groups, the default one unless others are named. */
  async newMember(
    { login, name, seats }: { login: string; name: string; seats: number },
    groups?: number[],
    rights = ['agents'],
  ): Promise<{ id: number; credentials: Credentials }> {
    const [group] = await this.call<{ id: number }[]>('member_group/list')
    const known = await this.call<{ id: number; name: string }[]>('auth_group/list')
    const chosen = known.filter(({ name }) => rights.includes(name))
    if (!group || chosen.length < rights.length) throw new Error(`a fresh database has a default group and ${rights}`)
    const made = await this.call<{ password: string; member: { id: number } }>('member/create', {
      member: { login, name, seats, groups: groups ?? [group.id], auth_groups: chosen.map(({ id }) => id) },
    })
    return { id: made.member.id, credentials: { login, password: made.password } }
  }

  async dispose(): Promise<void> {
    await this.http.dispose()
  }
}
