// The console, page by page and state by state.

import type { Page } from '@playwright/test'
import { WORDS } from '../words.ts'
import { BEGINNERS } from './people.ts'
import type { Screen, Stage } from './stage.ts'
import type { WorldName } from './worlds.ts'

const PAGES = ['live', 'members', 'groups', 'sites'] as const
type PageName = (typeof PAGES)[number]

async function visit(stage: Stage, world: WorldName, name: PageName, login = 'admin'): Promise<Page> {
  const page = await stage.open(world, `/admin/${name}`, login)
  await page.getByRole('heading', { name: stage.words.admin[name], level: 1 }).waitFor()
  return page
}

/** A page with its things there. */
async function filled(stage: Stage, world: WorldName, name: PageName): Promise<Page> {
  const page = await visit(stage, world, name)
  await page.getByRole(name === 'live' ? 'definition' : 'row').first().waitFor()
  return page
}

/** A page whose calls and socket never answer. */
async function loading(stage: Stage, name: PageName): Promise<Page> {
  const page = await stage.page('busy', 'admin')
  await page.routeWebSocket(/\/ws\//, () => {})
  await page.route(/\/api\/v1\/.*\/list/, () => {})
  await page.goto(`/admin/${name}`)
  await page.getByRole('status', { name: stage.words.common.loading }).waitFor()
  return page
}

/** A page whose calls fail. */
async function failing(stage: Stage, name: PageName): Promise<Page> {
  const page = await stage.page('busy', 'admin')
  const error = { code: 'internal', message: 'something went wrong' }
  await page.route(/\/api\/v1\/.*\/list/, (route) => route.fulfill({ status: 500, json: error, headers: { serverfnerror: 'x' } }))
  await page.goto(`/admin/${name}`)
  await page.getByRole('button', { name: stage.words.common.retry }).first().waitFor()
  return page
}

async function thing(stage: Stage, name: PageName, label: string): Promise<Page> {
  const page = await filled(stage, 'busy', name)
  await page.getByRole('link', { name: label }).first().click()
  await page.getByRole('dialog').waitFor()
  return page
}

async function creating(stage: Stage, name: PageName, verb: keyof (typeof WORDS)['en']['admin']): Promise<Page> {
  const page = await filled(stage, 'busy', name)
  await page.getByRole('button', { name: stage.words.admin[verb] }).click()
  await page.getByRole('dialog').waitFor()
  return page
}

export const CONSOLE: Screen[] = [
  ...PAGES.map((name): Screen => ({ name: `console-${name}-one`, show: (stage) => filled(stage, 'fresh', name) })),
  ...PAGES.map((name): Screen => ({ name: `console-${name}-many`, show: (stage) => filled(stage, 'busy', name) })),
  ...PAGES.map((name): Screen => ({ name: `console-${name}-loading`, show: (stage) => loading(stage, name) })),
  ...PAGES.slice(1).map((name): Screen => ({ name: `console-${name}-error`, show: (stage) => failing(stage, name) })),
  { name: 'console-live-single', show: (stage) => filled(stage, 'ready', 'live') },
  { name: 'console-members-single', show: (stage) => filled(stage, 'ready', 'members') },
  {
    name: 'console-live-offline',
    show: async (stage) => {
      const page = await stage.page('busy', 'admin')
      await page.routeWebSocket(/\/ws\//, (socket) => void socket.close({ code: 4500 }))
      await page.goto('/admin/live')
      await page.getByText(stage.words.link.now, { exact: true }).waitFor()
      return page
    },
  },
  {
    name: 'console-forbidden',
    show: async (stage) => {
      await (await stage.world('fresh')).once('agent', (world) => world.member(BEGINNERS.agent, []))
      return visit(stage, 'fresh', 'members', 'agent')
    },
  },
  {
    name: 'console-not-found',
    show: async (stage) => {
      const page = await stage.open('fresh', '/admin/nowhere', 'admin')
      await page.getByText(stage.words.admin.not_found_title).first().waitFor()
      return page
    },
  },
  { name: 'console-member-new', show: (stage) => creating(stage, 'members', 'new_member') },
  {
    name: 'console-member-problems',
    show: async (stage) => {
      const page = await creating(stage, 'members', 'new_member')
      const form = page.getByRole('dialog')
      await form.getByLabel(stage.words.admin.login).fill('two words')
      await form.getByRole('button', { name: stage.words.admin.create }).click()
      await form.getByText(stage.words.field.required).first().waitFor()
      return page
    },
  },
  { name: 'console-member', show: (stage) => thing(stage, 'members', 'Mei Lin') },
  { name: 'console-member-long', show: (stage) => thing(stage, 'members', 'Wolfeschlegel') },
  {
    name: 'console-members-none',
    show: async (stage) => {
      const page = await filled(stage, 'busy', 'members')
      await page.getByRole('searchbox').fill('nobody of that name')
      await page.getByText(stage.words.admin.members_empty).waitFor()
      return page
    },
  },
  { name: 'console-group-new', show: (stage) => creating(stage, 'groups', 'new_group') },
  { name: 'console-group', show: (stage) => thing(stage, 'groups', '售后服务') },
  { name: 'console-site', show: (stage) => thing(stage, 'sites', 'Three Hills Tea') },
  {
    name: 'console-password',
    show: async (stage) => {
      await (await stage.world('fresh')).once('forgetful', (world) => world.member(BEGINNERS.forgetful, []))
      const page = await filled(stage, 'fresh', 'members')
      await page.getByRole('row').filter({ hasText: 'Tomás' }).getByRole('button').last().click()
      await page.getByRole('menuitem', { name: stage.words.admin.reset }).click()
      await page.getByRole('dialog').getByRole('button', { name: stage.words.admin.reset }).click()
      await page.getByText(/^[0-9a-z]{5}(-[0-9a-z]{5}){3}$/).waitFor()
      return page
    },
  },
  {
    name: 'console-menu',
    widths: [390],
    show: async (stage) => {
      const page = await filled(stage, 'busy', 'live')
      await page.getByRole('button', { name: stage.words.admin.menu }).click()
      await page.getByRole('link', { name: stage.words.admin.members }).waitFor()
      return page
    },
  },
  {
    name: 'console-account',
    show: async (stage) => {
      const page = await filled(stage, 'fresh', 'live')
      if (stage.phone) await page.getByRole('button', { name: stage.words.admin.menu }).click()
      await page.getByRole('button', { name: new RegExp(stage.words.account.label, 'i') }).click()
      await page.getByText(stage.words.account.log_out).waitFor()
      return page
    },
  },
]
