// An agent at the desk, found as a person finds things: by role and by name.

import { expect, type Locator, type Page } from '@playwright/test'
import { logIn } from './login.ts'
import type { Credentials } from './seatline.ts'
import { RESUMED_MS_MAX, type Talk } from './talk.ts'

export type Duty = 'On duty' | 'On break' | 'Off duty'

export class Desk implements Talk {
  /** The agent's own conversations. */
  readonly mine: Locator
  /** Who waits. */
  readonly line: Locator
  /** Who was missed. */
  readonly missed: Locator
  /** What is known of the guest. */
  readonly guest: Locator
  /** Where replies are written. */
  readonly box: Locator
  readonly dutySwitch: Locator
  readonly #log: Locator

  private constructor(readonly page: Page) {
    const list = (name: string) => page.getByRole('navigation', { name: 'Conversations' }).getByRole('region', { name })
    this.mine = list('Mine').getByRole('link')
    this.line = list('Line').getByRole('link')
    this.missed = list('Missed').locator('.row')
    this.guest = page.getByRole('complementary', { name: 'Guest' })
    this.#log = page.getByRole('log')
    this.dutySwitch = page.getByRole('button', { name: /^Duty/ })
    this.box = page.getByRole('textbox', { name: 'Write a reply' })
  }

  /** The desk on a page that shows it already. */
  static on(page: Page): Desk {
    return new Desk(page)
  }

  static async login(page: Page, member: Credentials): Promise<Desk> {
    await page.goto('/desk')
    await logIn(page, member)
    const desk = new Desk(page)
    await expect(desk.dutySwitch).toBeVisible()
    return desk
  }

  async duty(duty: Duty): Promise<void> {
    await this.dutySwitch.click()
    await this.dutyItem(duty).click()
    await expect(this.dutySwitch).toContainText(duty)
  }

  /** One of the choices of the open duty menu. */
  dutyItem(duty: Duty): Locator {
    return this.page.getByRole('menu').getByRole('menuitemradio', { name: duty })
  }

  /** Has the browser tell of guests and messages while the desk is out of sight. */
  async allowNotifications(): Promise<void> {
    await this.page.getByRole('button', { name: /Alerts|Sound/ }).click()
    const settings = this.page.getByRole('dialog', { name: 'Sound and notifications' })
    await settings.getByRole('switch', { name: 'Notifications' }).check()
    await this.page.keyboard.press('Escape')
  }

  /** Opens the conversation of the agent's that shows these words. */
  async open(words: string): Promise<void> {
    await this.mine.filter({ hasText: words }).click()
    await expect(this.#log).toContainText(words)
  }

  /** Takes a conversation out of the missed queue. */
  async claim(words: string): Promise<void> {
    await this.pressClaim(words)
    await expect(this.#log).toContainText(words)
  }

  /** Tries to. */
  async pressClaim(words: string): Promise<void> {
    await this.missed.filter({ hasText: words }).getByRole('button', { name: 'Claim' }).click()
  }

  async texts(): Promise<string[]> {
    const bubbles = this.#log.locator('.bubble:not(.typing-preview)')
    return bubbles.evaluateAll((bubbles) => bubbles.map((bubble) => bubble.textContent ?? ''))
  }

  async resumed(): Promise<void> {
    await expect(this.page.getByText('Connection lost')).toBeHidden({ timeout: RESUMED_MS_MAX })
  }

  /** The message's mark: sent, delivered, seen. */
  mark(text: string): Locator {
    return this.#log.locator('.said-own').filter({ hasText: text }).getByRole('img')
  }

  /** What the guest is typing. */
  get typing(): Locator {
    return this.#log.locator('.typing-preview')
  }

  async type(text: string): Promise<void> {
    await this.box.fill(text)
  }

  async send(): Promise<void> {
    await this.box.press('Enter')
  }

  async say(text: string): Promise<void> {
    await this.type(text)
    await this.send()
  }

  /** Ends the open conversation. */
  async close(): Promise<void> {
    await this.page.locator('[aria-keyshortcuts="Alt+W"]').click()
    await this.page.getByRole('button', { name: 'Close conversation' }).click()
  }
}
