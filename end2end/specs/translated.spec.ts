// Browsers translate pages by putting elements of their own in the place of words. The desk's own words are not translated;
// and when the page breaks nevertheless, it says so.

import type { Page } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { logIn } from '../support/login.ts'
import { expect, test } from '../support/test.ts'

/** Does to the page what Google Translate does, again whenever something changes; with or without asking whether it may. */
async function translate(page: Page, may: 'asked' | 'unasked'): Promise<void> {
  await page.evaluate((may) => {
    const each = () => {
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      while (words.nextNode()) found.push(words.currentNode as Text)
      for (const text of found) {
        const parent = text.parentElement
        if (!parent || !text.data.trim() || parent.closest('font, script, style, textarea, svg')) continue
        if (may === 'asked' && !parent.translate) continue
        const font = document.createElement('font')
        font.append(document.createElement('font'))
        font.firstElementChild?.append(`[${text.data}]`)
        text.replaceWith(font)
      }
    }
    each()
    new MutationObserver(each).observe(document.body, { subtree: true, childList: true })
  }, may)
}

test('a translated desk keeps its own words fresh, and the words of guests are translated', async ({ meiWithAnna }) => {
  const { mei, anna } = await meiWithAnna()
  const { page } = mei
  await expect(page.locator('meta[name=google]')).toHaveAttribute('content', 'notranslate')
  await translate(page, 'asked')
  await expect(page.getByRole('log').getByText('[Hello]')).toBeVisible()
  await mei.duty('On break')
  await mei.duty('On duty')
  await mei.say('Good morning')
  await anna.say('Bonjour')
  await expect(page.getByRole('log').getByText('[Bonjour]')).toBeVisible()
  await expect(page.getByRole('log').getByText('Good morning', { exact: true })).toBeVisible()
  await expect(page.getByText('Something went wrong')).toBeHidden()
})

for (const face of ['/desk', '/admin/members']) {
  test(`a page that has broken says so and is loaded anew: ${face}`, async ({ api, browser, guest, seatline }) => {
    const context = await browser.newContext({ baseURL: seatline.origin })
    const page = await context.newPage()
    await page.goto(face)
    if (face === '/desk') {
      const member = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
      const mei = await Desk.login(page, member)
      await mei.duty('On duty')
      await guest().then((anna) => anna.say('Hello'))
      await mei.open('Hello')
      await mei.type('Half a sentence')
    } else {
      await logIn(page, seatline.administrator)
      await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible()
    }
    // The page is taken from under the program's feet, as a translator or an extension would.
    await page.evaluate(() => {
      const broken = () => {
        throw new DOMException('The node is not a child of this node.', 'NotFoundError')
      }
      Object.assign(Node.prototype, { appendChild: broken, insertBefore: broken, cloneNode: broken })
      Object.assign(document, { createElement: broken, createTextNode: broken, createComment: broken })
    })
    await page.getByRole('button', { name: face === '/desk' ? /^Duty/ : 'New member' }).click()
    const told = page.getByRole('alertdialog')
    await expect(told.getByText('Something went wrong')).toBeVisible()
    await told.getByRole('button', { name: 'Reload' }).click()
    await expect(told).toBeHidden()
    if (face === '/desk') await expect(Desk.on(page).box).toHaveValue('Half a sentence')
    else await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible()
    await context.close()
  })
}
