// What a browser keeps belongs to the member who wrote it, and is kept even where the browser has no room.

import type { Page } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { logIn } from '../support/login.ts'
import { expect, test } from '../support/test.ts'

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Your account' }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await expect(page.getByRole('textbox', { name: 'Login' })).toBeVisible()
}

test.describe('on a shared computer', () => {
  test.use({ settings: { SEATLINE_AGENT_GRACE_S: '600' } })

  test('what one agent wrote is neither seen nor sent by the next, and is there when the first is back', async ({
    api,
    cable,
    guest,
    newPage,
  }) => {
    const [meis, lis] = [
      await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }),
      await api.newAgent({ login: 'li', name: 'Li', seats: 1 }),
    ]
    const page = await newPage({ baseURL: cable.origin })
    const mei = await Desk.login(page, meis)
    await mei.duty('On duty')
    await page.getByRole('button', { name: /^Alerts/ }).click()
    await page.getByRole('switch', { name: 'Sound' }).uncheck()
    await page.keyboard.press('Escape')
    const anna = await guest()
    await anna.say('Hello')
    await mei.open('Hello')
    cable.cut()
    await expect(page.getByText('Connection lost')).toBeVisible()
    await mei.say('Written offline')
    await mei.type('Half a sentence')

    // Her session is over, and the next one takes the chair.
    await page.context().clearCookies()
    cable.mend()
    await expect(page.getByText('Your session is over')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('textbox', { name: 'Login' }).fill(lis.login)
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(lis.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByText('Your session is over')).toBeHidden()
    const li = Desk.on(page)
    await li.duty('On duty')
    await expect(page.getByText('Written offline')).toBeHidden()
    await expect(page.getByText('Half a sentence')).toBeHidden()
    await page.getByRole('button', { name: /^Alerts/ }).click()
    await expect(page.getByRole('switch', { name: 'Sound' })).toBeChecked()
    await page.keyboard.press('Escape')
    const bob = await guest()
    await bob.say('Good evening')
    await li.open('Good evening')
    await expect(li.box).toHaveValue('')
    await li.say('Welcome')
    await expect(bob).toShow(['Good evening', 'Welcome'])
    await expect(anna).toShow(['Hello'])

    await logOut(page)
    await logIn(page, meis)
    // Her row shows her own words as soon as they are sent.
    await mei.mine.click()
    await expect(mei.box).toHaveValue('Half a sentence')
    await expect(anna).toShow(['Hello', 'Written offline'])
    await expect(bob).toShow(['Good evening', 'Welcome'])
  })

  test('a desk in another tab changes hands as well, before it sends anything', async ({ api, cable, guest, newPage }) => {
    const [meis, lis] = [
      await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }),
      await api.newAgent({ login: 'li', name: 'Li', seats: 1 }),
    ]
    const page = await newPage({ baseURL: cable.origin })
    const mei = await Desk.login(page, meis)
    await mei.duty('On duty')
    const anna = await guest()
    await anna.say('Hello')
    await mei.open('Hello')
    cable.cut()
    await expect(page.getByText('Connection lost')).toBeVisible()
    await mei.say('Written offline')
    // The same browser is given the session of somebody else, without a word to this tab.
    const others = await newPage()
    await Desk.login(others, lis)
    await page.context().clearCookies()
    await page.context().addCookies(await others.context().cookies())
    cable.mend()
    await expect(mei.dutySwitch).toContainText('Off duty', { timeout: 60_000 })
    await expect(page.getByText('Written offline')).toHaveCount(0)
    await expect(anna).toShow(['Hello'])
  })
})

test('where the browser has no room, nothing that was written is lost to the page', async ({ agent, cable, guest }) => {
  const mei = await agent('Mei', 2, { baseURL: cable.origin })
  const anna = await guest()
  await anna.say('I am Anna')
  const bob = await guest()
  await bob.say('I am Bob')
  await mei.open('I am Anna')
  await mei.page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      for (let size = 4_000_000, n = 0; size >= 1; n += 1) {
        try {
          storage.setItem(`full ${n}`, 'x'.repeat(size))
        } catch {
          size = Math.floor(size / 2)
        }
      }
    }
  })
  await mei.type('A draft for Anna')
  await mei.open('I am Bob')
  await expect(mei.box).toHaveValue('')
  await mei.open('I am Anna')
  await expect(mei.box).toHaveValue('A draft for Anna')

  cable.cut()
  await expect(mei.page.getByText('Connection lost')).toBeVisible()
  await mei.send()
  await expect(mei.box).toHaveValue('')
  await mei.open('I am Bob')
  await mei.say('Written offline')
  await mei.open('I am Anna')
  await expect(mei.box).toHaveValue('')
  cable.mend()
  await expect(anna).toShow(['I am Anna', 'A draft for Anna'])
  await expect(bob).toShow(['I am Bob', 'Written offline'])
})
