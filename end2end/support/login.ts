// The log-in page, the same for desk and console.

import type { Page } from '@playwright/test'
import type { Credentials } from './seatline.ts'

export async function logIn(page: Page, { login, password }: Credentials): Promise<void> {
  await page.getByRole('textbox', { name: 'Login' }).fill(login)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}
