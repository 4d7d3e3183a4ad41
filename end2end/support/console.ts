// An administrator at the console, found as a person finds things: by role and by name.

import { expect, type Locator, type Page } from '@playwright/test'
import { logIn } from './login.ts'
import type { Credentials } from './seatline.ts'

export class Console {
  readonly #pages: Locator

  private constructor(readonly page: Page) {
    this.#pages = page.getByRole('navigation', { name: 'Pages' })
  }

  static async login(page: Page, member: Credentials): Promise<Console> {
    await page.goto('/admin')
    await logIn(page, member)
    const console = new Console(page)
    await expect(console.#pages).toBeVisible()
    return console
  }

  /** What the navigation offers. */
  async pages(): Promise<{ name: string; address: string }[]> {
    const links = this.#pages.getByRole('link').filter({ hasNotText: 'Desk' })
    return links.evaluateAll((links) =>
      links.map((link) => ({ name: link.textContent?.trim() ?? '', address: link.getAttribute('href') ?? '' })),
    )
  }

  async go(name: 'Live' | 'Members' | 'Groups' | 'Sites'): Promise<void> {
    await this.#pages.getByRole('link', { name }).click()
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible()
  }

  /** Makes an agent of the first group; the password is the one that is shown once. */
  async newAgent({ login, name, seats }: { login: string; name: string; seats: number }): Promise<Credentials> {
    await this.go('Members')
    await this.page.getByRole('button', { name: 'New member' }).click()
    const form = this.page.getByRole('dialog', { name: 'New member' })
    await form.getByLabel('Login').fill(login)
    await form.getByLabel('Name').fill(name)
    await form.getByRole('spinbutton', { name: 'Seats' }).fill(String(seats))
    await form.getByRole('group', { name: 'Member groups' }).getByRole('checkbox').first().check()
    await form.getByRole('checkbox', { name: 'Agents' }).check()
    await form.getByRole('button', { name: 'Create' }).click()

    const shown = this.page.getByRole('dialog', { name: 'Password' })
    const password = await shown.getByText(/^[0-9a-z]{5}(-[0-9a-z]{5}){3}$/).textContent()
    await shown.getByRole('button', { name: 'I have noted it' }).click()
    return { login, password: password ?? '' }
  }

  /** Takes a member's access away. */
  async disable(name: string): Promise<void> {
    await this.go('Members')
    await this.member(name).getByRole('button', { name: `More for ${name}` }).click()
    await this.page.getByRole('menuitem', { name: 'Disable' }).click()
    await this.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(this.member(name)).toContainText('Disabled')
  }

  /** The row of a member in the list. */
  member(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name })
  }

  /** An agent's place on the floor of the live page. */
  onFloor(name: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: name })
  }
}
