// The chat on the demonstration shop, state by state.

import { expect, type Locator, type Page } from '@playwright/test'
import { CHAT, GIFTS, LOST } from './people.ts'
import type { Screen, Stage } from './stage.ts'
import type { WorldName } from './worlds.ts'

function panel(page: Page): Locator {
  return page.locator('seatline-chat').getByRole('dialog')
}

async function shop(stage: Stage, world: WorldName): Promise<Page> {
  const page = await stage.page(world)
  await page.goto(`/demo?lang=${stage.language}`)
  return page
}

async function open(page: Page, stage: Stage): Promise<void> {
  await page.getByRole('button', { name: stage.texts.openChat(0) }).click()
  await panel(page).waitFor()
}

/** The chat, opened. */
async function chat(stage: Stage, world: WorldName, says: string): Promise<Page> {
  const page = await shop(stage, world)
  await open(page, stage)
  await expect(panel(page)).toContainText(says)
  return page
}

async function say(page: Page, stage: Stage, text: string): Promise<void> {
  const box = panel(page).getByRole('textbox', { name: stage.texts.message, exact: true })
  await box.fill(text)
  await box.press('Enter')
}

/** A talk with an agent who answers. */
async function talking(stage: Stage, lines: string[]): Promise<Page> {
  const world = await stage.world('quiet')
  const page = await chat(stage, 'quiet', 'Mei Lin')
  for (const [index, line] of lines.entries()) {
    if (index % 2 === 0) await say(page, stage, line)
    else await world.at('mei').answer(lines[index - 1] ?? '', line)
    await expect(panel(page).getByRole('log')).toContainText(line)
  }
  return page
}

export const WIDGET: Screen[] = [
  { name: 'widget-closed', show: (stage) => shop(stage, 'quiet') },
  {
    name: 'widget-connecting',
    show: async (stage) => {
      const page = await stage.page('quiet')
      await page.routeWebSocket(/\/ws\//, () => {})
      await page.goto(`/demo?lang=${stage.language}`)
      await open(page, stage)
      return page
    },
  },
  { name: 'widget-greeting', show: (stage) => chat(stage, 'quiet', 'Mei Lin') },
  { name: 'widget-talk', show: (stage) => talking(stage, CHAT) },
  { name: 'widget-waiting', show: (stage) => chat(stage, 'taken', stage.texts.ahead(3)) },
  { name: 'widget-missed', show: (stage) => chat(stage, 'fresh', stage.texts.missedReason.nobody_on_duty) },
  {
    name: 'widget-left-message',
    show: async (stage) => {
      const page = await chat(stage, 'fresh', stage.texts.missedReason.nobody_on_duty)
      await panel(page).getByLabel(stage.texts.formMessage).fill('Do you ship to Norway?')
      await panel(page).getByLabel(stage.texts.formContact).fill('anna@example.org')
      await panel(page).getByRole('button', { name: stage.texts.formSend }).click()
      await expect(panel(page)).toContainText('Do you ship to Norway?')
      return page
    },
  },
  {
    name: 'widget-unread',
    show: async (stage) => {
      const page = await talking(stage, CHAT.slice(0, 2))
      const [question = '', answer = ''] = GIFTS
      await say(page, stage, question)
      await panel(page).getByRole('button', { name: stage.texts.closeChat }).click()
      const world = await stage.world('quiet')
      await world.at('mei').answer(question, answer)
      await page.getByRole('button', { name: stage.texts.openChat(1) }).waitFor()
      return page
    },
  },
  {
    name: 'widget-refused',
    show: async (stage) => {
      const page = await stage.page('quiet')
      await page.routeWebSocket(/\/ws\//, (socket) => void socket.close())
      const refusal = { code: 'forbidden', message: 'this site is not open to pages of https://elsewhere.example' }
      await page.route('**/widget/check*', (route) => route.fulfill({ status: 403, json: refusal }))
      await page.goto(`/demo?lang=${stage.language}`)
      await open(page, stage)
      await expect(panel(page)).toContainText(stage.texts.ended.refused)
      return page
    },
  },
  {
    name: 'widget-cut-off',
    show: async (stage) => {
      const page = await stage.page('quiet')
      await page.routeWebSocket(/\/ws\//, (socket) => void socket.close())
      await page.goto(`/demo?lang=${stage.language}`)
      await open(page, stage)
      await expect(panel(page)).toContainText(stage.texts.cutOff)
      return page
    },
  },
  {
    name: 'widget-leaving',
    show: async (stage) => {
      const page = await talking(stage, CHAT.slice(0, 2))
      await panel(page).getByRole('button', { name: stage.texts.leave }).first().click()
      await expect(panel(page).getByText(stage.texts.leaveAsk)).toBeVisible()
      return page
    },
  },
  {
    name: 'widget-over',
    show: async (stage) => {
      const page = await talking(stage, CHAT.slice(0, 2))
      await panel(page).getByRole('button', { name: stage.texts.leave }).first().click()
      await panel(page).getByRole('group').getByRole('button', { name: stage.texts.leave }).click()
      await expect(panel(page)).toContainText(stage.texts.startNew)
      return page
    },
  },
  {
    name: 'widget-offline',
    show: async (stage) => {
      const page = await stage.page('quiet')
      let whole = true
      let hangUp = () => {}
      await page.routeWebSocket(/\/ws\//, (socket) => {
        if (!whole) return void socket.close({ code: 4500 })
        hangUp = () => void socket.close({ code: 4500 })
        socket.connectToServer()
      })
      await page.goto(`/demo?lang=${stage.language}`)
      await open(page, stage)
      await expect(panel(page)).toContainText('Mei Lin')
      const [said = '', unsaid = ''] = LOST
      await say(page, stage, said)
      whole = false
      hangUp()
      await say(page, stage, unsaid)
      await expect(panel(page)).toContainText(stage.texts.lostKept)
      return page
    },
  },
]
