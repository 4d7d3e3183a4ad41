// The desk, state by state.

import type { Page } from '@playwright/test'
import { pattern } from '../words.ts'
import { BEGINNERS, SEATED } from './people.ts'
import type { Screen, Stage } from './stage.ts'
import type { WorldName } from './worlds.ts'

const WANG = SEATED[0]?.name ?? ''

/** The desk of Mei, with her lists there. */
async function desk(stage: Stage, world: WorldName, address = '/desk'): Promise<Page> {
  const page = await stage.open(world, address, 'mei')
  const lists = page.getByRole('navigation', { name: stage.words.desk.lists, includeHidden: true })
  await lists.getByRole('region', { name: stage.words.desk.mine, includeHidden: true }).waitFor({ state: 'attached' })
  return page
}

/** The conversation with a guest, opened from the list. */
async function talk(stage: Stage, world: WorldName, guest: string): Promise<Page> {
  const page = await desk(stage, world)
  const lists = page.getByRole('navigation', { name: stage.words.desk.lists })
  await lists.getByRole('link').filter({ hasText: guest }).first().click()
  await page.getByRole('log').waitFor()
  return page
}

function duty(page: Page, stage: Stage) {
  return page.getByRole('button', { name: new RegExp(`^${stage.words.desk.duty}`) })
}

function composer(page: Page, stage: Stage) {
  return page.getByRole('textbox', { name: stage.words.desk.write })
}

async function details(stage: Stage, world: WorldName, guest: string): Promise<Page> {
  const page = await talk(stage, world, guest)
  const panel = page.getByRole('complementary', { name: stage.words.desk.guest })
  if (!(await panel.isVisible())) await page.getByRole('button', { name: stage.words.desk.details }).click()
  await panel.waitFor()
  return page
}

/** What every page does that cannot connect: it says so, and when it tries again. */
async function offline(stage: Stage, world: WorldName): Promise<Page> {
  const page = await stage.page(world, 'mei')
  let whole = true
  let hangUp = () => {}
  await page.routeWebSocket(/\/ws\//, (socket) => {
    if (whole) hangUp = () => void socket.close({ code: 4500 })
    else void socket.close({ code: 4500 })
    if (whole) socket.connectToServer()
  })
  await page.goto('/desk')
  const lists = page.getByRole('navigation', { name: stage.words.desk.lists })
  await lists.getByRole('link').filter({ hasText: WANG }).click()
  await page.getByRole('log').waitFor()
  whole = false
  hangUp()
  await composer(page, stage).fill('https://shop.example/gifts 🎁')
  await composer(page, stage).press('Enter')
  await page.getByText(stage.words.link.now, { exact: true }).waitFor()
  return page
}

export const DESK: Screen[] = [
  {
    name: 'desk-off',
    show: async (stage) => {
      const page = await stage.open('fresh', '/desk', 'admin')
      await duty(page, stage).getByText(stage.words.duty.off).waitFor()
      return page
    },
  },
  { name: 'desk-ready', show: (stage) => desk(stage, 'ready') },
  {
    name: 'desk-away',
    show: async (stage) => {
      const page = await desk(stage, 'unanswered')
      await page.getByText(stage.words.desk.away).waitFor()
      return page
    },
  },
  { name: 'desk-one', show: (stage) => talk(stage, 'quiet', WANG) },
  { name: 'desk-list', show: (stage) => desk(stage, 'busy') },
  { name: 'desk-many', show: (stage) => talk(stage, 'busy', WANG) },
  { name: 'desk-long', show: (stage) => details(stage, 'busy', 'Wolfeschlegel') },
  { name: 'desk-details', show: (stage) => details(stage, 'busy', WANG) },
  { name: 'desk-accept', show: (stage) => talk(stage, 'busy', 'Bob') },
  {
    name: 'desk-composing',
    show: async (stage) => {
      const page = await talk(stage, 'busy', 'Elif')
      await composer(page, stage).fill('Kept dry, it only gets better.\n\n1. Break off what you need\n2. Wrap it again\n3. Away from the kitchen 🧄\n\nhttps://shop.example/care')
      return page
    },
  },
  {
    name: 'desk-duty',
    show: async (stage) => {
      const page = await desk(stage, 'busy')
      await duty(page, stage).click()
      await page.getByText(stage.words.duty.break_meaning).waitFor()
      return page
    },
  },
  {
    name: 'desk-going-off',
    show: async (stage) => {
      const page = await desk(stage, 'busy')
      await duty(page, stage).click()
      await page.getByText(stage.words.duty.off_meaning).click()
      await page.getByRole('dialog').getByText(stage.words.desk.off_title).waitFor()
      return page
    },
  },
  {
    name: 'desk-closing',
    show: async (stage) => {
      const page = await talk(stage, 'busy', WANG)
      await page.getByRole('main').getByRole('button', { name: stage.words.desk.close, exact: true }).click()
      await page.getByRole('dialog').getByText(stage.words.desk.close_title).waitFor()
      return page
    },
  },
  {
    name: 'desk-shortcuts',
    widths: [1440, 1024],
    show: async (stage) => {
      const page = await desk(stage, 'quiet')
      await page.getByRole('button', { name: stage.words.shortcuts.title }).click()
      await page.getByRole('dialog').getByText(stage.words.shortcuts.everywhere).waitFor()
      return page
    },
  },
  {
    name: 'desk-alerts',
    show: async (stage) => {
      const page = await desk(stage, 'quiet')
      await page.getByRole('button', { name: new RegExp(`^${stage.words.alerts.short}`) }).click()
      await page.getByRole('dialog').getByText(stage.words.alerts.sound_text).waitFor()
      return page
    },
  },
  {
    name: 'desk-account',
    show: async (stage) => {
      const page = await desk(stage, 'quiet')
      await page.getByRole('button', { name: pattern(stage.words.account.label) }).click()
      await page.getByText(stage.words.account.log_out).waitFor()
      return page
    },
  },
  {
    name: 'desk-look',
    show: async (stage) => {
      const page = await desk(stage, 'busy')
      await page.getByRole('region', { name: stage.words.desk.line }).getByRole('link').first().click()
      await page.getByRole('main').getByText(stage.words.desk.elsewhere_waiting).waitFor()
      return page
    },
  },
  { name: 'desk-offline', show: (stage) => offline(stage, 'busy') },
  {
    name: 'desk-loading',
    show: async (stage) => {
      const page = await stage.page('busy', 'mei')
      // Connected, and not a word.
      await page.routeWebSocket(/\/ws\//, () => {})
      await page.goto('/desk')
      await duty(page, stage).waitFor()
      return page
    },
  },
  {
    name: 'desk-gone',
    show: async (stage) => {
      const page = await stage.open('busy', '/desk/c/00000000-0000-7000-8000-000000000001', 'mei')
      await page.getByText(stage.words.desk.unknown_title).waitFor()
      return page
    },
  },
  {
    name: 'desk-forbidden',
    show: async (stage) => {
      await (await stage.world('fresh')).once('nobody', (world) => world.member(BEGINNERS.nobody, [], []))
      const page = await stage.open('fresh', '/desk', 'nobody')
      await page.getByText(stage.words.error.forbidden_title).waitFor()
      return page
    },
  },
  {
    name: 'desk-session-over',
    show: async (stage) => {
      const page = await talk(stage, 'busy', WANG)
      await composer(page, stage).fill('Half a sentence')
      await page.context().clearCookies()
      await page.route('**/api/v1/**', (route) => route.continue({ headers: { ...route.request().headers(), cookie: '' } }))
      await page.getByRole('navigation', { name: stage.words.desk.lists }).getByRole('link').filter({ hasText: 'Jonas' }).first().click()
      await page.getByText(pattern(stage.words.login.ended)).waitFor()
      return page
    },
    widths: [1440, 1024],
  },
  {
    name: 'desk-missed',
    show: async (stage) => {
      const page = await stage.open('busy', '/desk/missed', 'mei')
      await page.getByRole('main').getByRole('button', { name: stage.words.desk.claim }).first().waitFor()
      return page
    },
  },
]
