// Two administrators at the same thing: who saves later is told, keeps what they typed, and overwrites nothing.

import { Console } from '../support/console.ts'
import { expect, test } from '../support/test.ts'

test('a form made from an older state is not saved over a newer one', async ({ api, site, seatline, newPage }) => {
  const [first, second] = [await newPage(), await newPage()]
  for (const page of [first, second]) {
    const console = await Console.login(page, seatline.administrator)
    await console.go('Sites')
    await page.getByRole('link', { name: site.name }).click()
  }
  const form = (page: typeof first) => page.getByRole('dialog', { name: 'Edit site' })
  await form(first).getByLabel('Name').fill('Shop of the first')
  await form(second).getByLabel('Name').fill('Shop of the second')
  await form(first).getByRole('button', { name: 'Save' }).click()
  await expect(form(first)).toBeHidden()
  // As `seatline site allow` does meanwhile.
  await api.allow(site, ['https://allowed.example'])

  await form(second).getByRole('button', { name: 'Save' }).click()
  await expect(form(second).getByRole('alert')).toContainText('Somebody else has changed this')
  await expect(form(second).getByLabel('Name')).toHaveValue('Shop of the second')

  await form(second).getByRole('button', { name: 'Show how it is now' }).click()
  await expect(form(second).getByLabel('Name')).toHaveValue('Shop of the first')
  await form(second).getByLabel('Name').fill('Shop of both')
  await form(second).getByRole('button', { name: 'Save' }).click()
  await expect(form(second)).toBeHidden()
  const [now] = await api.call<(typeof site)[]>('site/list')
  expect([now?.name, now?.allowed_origins]).toEqual(['Shop of both', ['https://allowed.example']])
})
