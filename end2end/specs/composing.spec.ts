// Writing Chinese: Enter, Escape, Tab and the arrows choose among the words that the input method offers, and do nothing else.

import type { Locator } from '@playwright/test'
import { InputMethod } from '../support/composing.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** What one presses while composing. */
const KEYS = ['ArrowDown', 'Enter', 'Tab', 'Home', 'Escape']

/** Composes in the box, which then has the words and still the focus. */
async function compose(box: Locator): Promise<void> {
  const method = await InputMethod.on(box.page())
  await box.focus()
  await method.compose('nihao')
  for (const key of KEYS) await method.key(key)
  await expect(box).toBeFocused()
  await expect(box).toHaveValue('nihao')
  await method.commit('你好')
  await expect(box).toHaveValue('你好')
}

test('in the chat nothing is sent, closed or left', async ({ agent, guest, newPage }) => {
  await agent('Mei', 2)
  const phone = await newPage({ viewport: { width: 390, height: 844 } })
  for (const anna of [await guest(), await Widget.visit(phone, '/demo')]) {
    await expect(anna.panel).toContainText('Mei')
    await compose(anna.box)
    await expect(anna).toShow([])
    await anna.send()
    await expect(anna).toShow(['你好'])
  }
})

test('in the form of a missed conversation neither', async ({ guest }) => {
  const anna = await guest()
  // The form takes the focus when it comes; what is typed before would lose it.
  await expect(anna.panel.getByLabel('Your message')).toBeFocused()
  await compose(anna.panel.getByLabel('Name'))
  await expect(anna.panel.getByRole('button', { name: 'Leave message' })).toBeVisible()
})

test('at the desk no reply is sent, no dialog closed, no shortcut heard', async ({ meiWithAnna }) => {
  const { mei } = await meiWithAnna()
  const { page } = mei
  const method = await InputMethod.on(page)
  await compose(mei.box)
  await expect(mei).toShow(['Hello'])
  await mei.send()
  await expect(mei).toShow(['Hello', '你好'])

  await page.keyboard.press('Alt+w')
  const question = page.getByRole('dialog', { name: 'Close' })
  await expect(question).toBeVisible()
  await method.key('Escape')
  await page.keyboard.press('Shift+Tab')
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()

  await mei.dutySwitch.click()
  for (const key of ['Escape', 'Tab']) await method.key(key)
  await page.keyboard.press('ArrowDown')
  await expect(mei.dutyItem('On duty')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(mei.dutyItem('On duty')).toBeHidden()

  await mei.dutySwitch.focus()
  await method.key('?')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('in the console no sheet closes and no search is given up', async ({ seatline, atConsole }) => {
  const admin = await atConsole(seatline.administrator)
  await admin.go('Members')
  await compose(admin.page.getByRole('searchbox'))
  await admin.page.getByRole('button', { name: 'New member' }).click()
  const sheet = admin.page.getByRole('dialog', { name: 'New member' })
  await compose(sheet.getByLabel('Name', { exact: true }))
  await expect(sheet).toBeVisible()
})
