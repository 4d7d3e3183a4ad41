// The programs of desk and console stop at what must not be: a panic. Nothing answers any more then, and the page says so.

import type { Page } from '@playwright/test'
import { Console } from '../support/console.ts'
import { Desk } from '../support/desk.ts'
import { expect, test } from '../support/test.ts'

/** What the program's panics said. */
function panicsOf(page: Page): string[] {
  const panics: string[] = []
  page.on('console', (message) => {
    if (/^panicked at /.test(message.text())) panics.push(message.text())
  })
  return panics
}

/** Once the panic is told, reads on after the reload. */
async function reload(page: Page): Promise<void> {
  const told = page.getByRole('alertdialog')
  await expect(told.getByText('Something went wrong')).toBeVisible()
  await told.getByRole('button', { name: 'Reload' }).click()
  await expect(told).toBeHidden()
}

test('a desk that panics says so, and what was typed is there after the reload', async ({
  api,
  browser,
  guest,
  seatline,
}) => {
  // In a context of its own, since a page that panics throws.
  const context = await browser.newContext({ baseURL: seatline.origin })
  const page = await context.newPage()
  const panics = panicsOf(page)
  const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 2 }))
  await mei.duty('On duty')
  const anna = await guest()
  await anna.say('I am Anna')
  await mei.open('I am Anna')
  await mei.type('To Anna')
  const bob = await guest()
  await bob.say('I am Bob')
  await mei.open('I am Bob')
  await mei.type('To Bob')

  // Without random numbers there is no id for a message.
  await page.evaluate(() => {
    crypto.getRandomValues = () => {
      throw new DOMException('There are none.', 'OperationError')
    }
  })
  await mei.send()
  await reload(page)
  expect(panics).toHaveLength(1)

  await expect(mei.box).toHaveValue('To Bob')
  await mei.open('I am Anna')
  await expect(mei.box).toHaveValue('To Anna')
  await mei.send()
  await expect(anna).toShow(['I am Anna', 'To Anna'])
  await expect(bob).toShow(['I am Bob'])
  await context.close()
})

test('a console that panics says so above whatever opens still, and goes on after the reload', async ({ browser, seatline }) => {
  const context = await browser.newContext({ baseURL: seatline.origin })
  const page = await context.newPage()
  const panics = panicsOf(page)
  const admin = await Console.login(page, seatline.administrator)
  await admin.go('Members')

  // A browser refuses a page that changes its address too often.
  await page.evaluate(() => {
    history.pushState = () => {
      throw new DOMException('Too many calls.', 'SecurityError')
    }
  })
  await page.getByRole('button', { name: 'New member' }).click()
  await expect(page.getByRole('dialog', { name: 'New member', includeHidden: true })).toBeVisible()
  await reload(page)
  expect(panics).toHaveLength(1)
  await page.getByRole('button', { name: 'New member' }).click()
  await expect(page.getByRole('dialog', { name: 'New member' })).toBeVisible()
  await context.close()
})

test('a panic is told in the language of the page', async ({ browser, seatline }) => {
  const context = await browser.newContext({ baseURL: seatline.origin, locale: 'zh-CN' })
  const page = await context.newPage()
  const panics = panicsOf(page)
  await page.goto('/desk')
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible()
  await page.evaluate(() => {
    const trap = new WebAssembly.RuntimeError('unreachable')
    trap.stack = `RuntimeError: unreachable\n at ${location.origin}/desk/pkg/seatline.wasm:wasm-function[1]:0x1`
    setTimeout(() => {
      throw trap
    })
  })
  await expect(page.getByRole('alertdialog').getByText('出错了')).toBeVisible()
  expect(panics).toEqual([])
  await context.close()
})
