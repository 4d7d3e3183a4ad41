import type { Page } from '@playwright/test'
import { logIn } from '../support/login.ts'
import type { Credentials } from '../support/seatline.ts'
import { expect, test } from '../support/test.ts'

/** Long enough to get somewhere, on a slow machine too. */
test.use({ settings: { SEATLINE_SESSION_MAX_S: '20' } })

const EXPIRED = { timeout: 60_000 }

/** Waits until the session is over and logs in again. */
async function logInAgain(page: Page, member: Credentials): Promise<void> {
  await expect(page.getByText('Your session is over')).toBeVisible(EXPIRED)
  await logIn(page, member)
  await expect(page.getByText('Your session is over')).toBeHidden()
}

test('when a session expires, the desk asks to log in and goes on with the draft', async ({ api, atDesk, guest }) => {
  const member = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  const mei = await atDesk(member)
  await mei.duty('On duty')
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  await mei.say('Good morning')
  await mei.type('Half a sentence')
  const address = mei.page.url()

  await logInAgain(mei.page, member)
  expect(mei.page.url()).toBe(address)
  await expect(mei.box).toHaveValue('Half a sentence')
  await mei.send()
  await expect(anna).toShow(['Hello', 'Good morning', 'Half a sentence'])
  await expect(mei).toShow(['Hello', 'Good morning', 'Half a sentence'])
})

test('when a session expires, the console asks to log in and keeps what is in the form', async ({ seatline, api, atConsole }) => {
  await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  const { page } = await atConsole(seatline.administrator)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Members' }).click()
  await page.getByRole('link', { name: 'Mei' }).click()
  const form = page.getByRole('dialog').filter({ has: page.getByLabel('Name', { exact: true }) })
  await form.getByLabel('Name', { exact: true }).fill('Mei Lin')
  const address = page.url()

  await logInAgain(page, seatline.administrator)
  expect(page.url()).toBe(address)
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Mei Lin')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Mei Lin' })).toBeVisible()
})

test('whoever comes without a session gets to the address they asked for', async ({ seatline, api, newPage }) => {
  const { id } = await api.newMember({ login: 'mei', name: 'Mei', seats: 1 })
  const page = await newPage()
  await page.goto(`/admin/members/${id}`)
  await logIn(page, seatline.administrator)
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Mei')
  expect(new URL(page.url()).pathname).toBe(`/admin/members/${id}`)
})

test('a draft outlives a reload without a session', async ({ api, atDesk, guest }) => {
  const member = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  const mei = await atDesk(member)
  await mei.duty('On duty')
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  await mei.say('Good morning')
  await mei.type('Half a sentence')
  await expect(mei.box).toHaveValue('Half a sentence')

  await mei.page.context().clearCookies()
  await mei.page.reload()
  await logIn(mei.page, member)
  await expect(mei.box).toHaveValue('Half a sentence')
  await expect(mei).toShow(['Hello', 'Good morning'])
})
