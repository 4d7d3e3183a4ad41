// Where a site may be embedded, as an administrator writes it at the console and at the command line.

import type { Site } from '../support/api.ts'
import { expect, test } from '../support/test.ts'

test('the console keeps origins as browsers send them, and says of each that cannot be why', async ({ seatline, api, atConsole }) => {
  const console = await atConsole(seatline.administrator)
  await console.go('Sites')
  const { page } = console
  await page.getByRole('table').getByRole('link').first().click()
  const sheet = page.getByRole('dialog')
  const write = async (text: string) => {
    await sheet.getByRole('button', { name: 'Add an origin' }).click()
    const field = sheet.getByRole('textbox', { name: 'Origin', exact: true }).last()
    await field.fill(text)
    await field.press('Tab')
    return field
  }
  for (const [written, kept] of [
    ['https://Shop.Example/cart?x=1', 'https://shop.example'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['*.mall.example', 'https://*.mall.example'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['[::1]:8080', 'http://[::1]:8080'],
  ] as const) {
    await expect(await write(written)).toHaveValue(kept)
  }
  for (const [written, why] of [
    ['null', 'have no origin of their own'],
    ['file:///C:/shop.html', 'have no origin of their own'],
    ['*', 'Every page there is cannot be allowed'],
    ['https://*.com', 'strangers’ sites'],
    ['https://me:secret@shop.example', 'Leave out user name'],
    ['https://shop.example:99999', 'from 1 to 65535'],
    ['wss://shop.example', 'Pages have no such scheme'],
  ] as const) {
    const field = await write(written)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(new RegExp(why))
    await sheet.getByRole('button', { name: 'Save' }).click()
    await expect(sheet).toBeVisible()
    await field.fill('')
  }
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet).toBeHidden()
  const [site] = await api.call<(Site & { allowed_origins: string[] })[]>('site/list')
  expect(site?.allowed_origins).toEqual([
    'capacitor://localhost',
    'http://[::1]:8080',
    'https://*.mall.example',
    'https://shop.example',
    'https://xn--bcher-kva.example',
  ])
})
