// A guest at the widget, found as a person finds things: by role and by name.

import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import { RESUMED_MS_MAX, type Talk } from './talk.ts'

export class Widget implements Talk {
  /** The panel; whatever the guest is told is in it. */
  readonly panel: Locator
  /** Where messages are written. */
  readonly box: Locator

  private constructor(
    readonly page: Page,
    /** Where in the page the chat is. */
    private readonly place: Page | FrameLocator = page,
  ) {
    this.panel = place.locator('seatline-chat').getByRole('dialog')
    this.box = this.panel.getByRole('textbox', { name: 'Message', exact: true })
  }

  /** The chat on a page that shows it already. */
  static on(page: Page): Widget {
    return new Widget(page)
  }

  /** Goes to a page with the script and opens the chat, unless it opens by itself. */
  static async visit(page: Page, address: string): Promise<Widget> {
    await page.goto(address)
    return Widget.openOn(page)
  }

  /** Opens the chat on a page that is there. */
  static async openOn(page: Page): Promise<Widget> {
    return new Widget(page).#opened()
  }

  /** Opens the chat on a page within a page. */
  static async inFrame(frame: FrameLocator, page: Page): Promise<Widget> {
    return new Widget(page, frame).#opened()
  }

  async texts(): Promise<string[]> {
    // A screen reader is told who speaks first; the text is what follows.
    return this.#bubbles().evaluateAll((bubbles) => bubbles.map((bubble) => bubble.lastChild?.textContent ?? ''))
  }

  async resumed(): Promise<void> {
    await expect(this.panel.getByText('No connection')).toBeHidden({ timeout: RESUMED_MS_MAX })
  }

  /** The message's mark: sending, sent, delivered, seen. */
  mark(text: string): Locator {
    return this.panel.getByRole('log').locator('.own').filter({ hasText: text }).getByRole('img')
  }

  get typing(): Locator {
    return this.panel.getByText('typing…')
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

  async sayAll(texts: string[]): Promise<void> {
    for (const text of texts) await this.say(text)
  }

  /** With nobody there: the form that takes a message and a way to reach the guest. */
  async leaveMessage({ text, contact, name }: { text: string; contact: string; name: string }): Promise<void> {
    await this.panel.getByLabel('Your message').fill(text)
    await this.panel.getByLabel('E-mail or phone').fill(contact)
    await this.panel.getByLabel('Name').fill(name)
    await this.panel.getByRole('button', { name: 'Leave message' }).click()
  }

  /** Gives up the place in line. */
  async leaveLine(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Leave the line' }).click()
    await this.panel.getByRole('group', { name: 'Give up your place' }).getByRole('button', { name: 'Leave the line' }).click()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await expect(this.panel).toBeVisible()
  }

  /** The same visitor in one more tab. */
  async anotherTab(): Promise<Widget> {
    return Widget.visit(await this.page.context().newPage(), this.page.url())
  }

  /** Leaves the shop, with the same visitor's return in hand. */
  async leavePage(): Promise<{ comeBack: () => Promise<Widget> }> {
    const context = this.page.context()
    const address = this.page.url()
    const rest = await context.newPage()
    await this.page.close()
    return { comeBack: () => Widget.visit(rest, address) }
  }

  async #opened(): Promise<this> {
    const launcher = this.place.getByRole('button', { name: 'Open chat' })
    await launcher.or(this.panel).first().waitFor()
    if (await launcher.isVisible()) await launcher.click()
    await expect(this.panel).toBeVisible()
    return this
  }

  #bubbles(): Locator {
    return this.panel.getByRole('log').locator('.bubble')
  }
}
