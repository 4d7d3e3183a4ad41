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

  /** Makes a member of the default group who may serve. */
  async newAgent({ login, name, seats }: { login: string; name: string; seats: number }): Promise<Credentials> {
    const [group] = await this.call<{ id: number }[]>('member_group/list')
    const rights = await this.call<{ id: number; name: string }[]>('auth_group/list')
    const agents = rights.find((right) => right.name === 'agents')
    if (!group || !agents) throw new Error('a fresh database has a default group and the right "agents"')
    const member = { login, name, seats, groups: [group.id], auth_groups: [agents.id] }
    const { password } = await this.call<{ password: string }>('member/create', { member })
    return { login, password }
  }

  async dispose(): Promise<void> {
    await this.http.dispose()
  }
}
