// What is typed and not sent: kept while it is typed, with its conversation, and gone once it is sent.

import type { BrowserContext, Page } from '@playwright/test'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** The draft as the browser keeps it. */
function kept(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.endsWith(':draft'))
    return key === undefined ? null : (JSON.parse(localStorage.getItem(key) || 'null') as { text: string } | null)?.text ?? null
  })
}

test('a draft is on the next page, and once it is sent on none', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  await anna.type('Do you have')
  await anna.reload()
  await expect(anna.box).toHaveValue('Do you have')
  await anna.box.press('End')
  await anna.box.pressSequentially(' it in blue?')
  await anna.send()
  await expect(anna.box).toHaveValue('')
  for (let page = 3; page <= 4; page++) {
    await anna.reload()
    await expect(anna).toShow(['Hello', 'Do you have it in blue?'])
    await expect(anna.box).toHaveValue('')
  }
  await expect(mei).toShow(['Hello', 'Do you have it in blue?'])
})

test('a draft is kept while it is typed, before the page is left', async ({ guest }) => {
  const anna = await guest()
  await anna.panel.getByLabel('Your message').fill('I am still')
  await expect.poll(() => kept(anna.page)).toBe('I am still')
})

test('another tab with an empty box leaves the draft alone', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  const tab = await anna.anotherTab()
  await anna.type('Written in the first tab')
  await expect.poll(() => kept(anna.page)).toBe('Written in the first tab')
  await expect(tab.box).toHaveValue('')
  // In one go: a draft that has stood for a moment would be kept, and rightly so.
  await tab.box.evaluate((box: HTMLTextAreaElement) => {
    for (const text of ['x', '']) {
      box.value = text
      box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    }
  })
  await tab.reload()
  await expect(tab.box).toHaveValue('Written in the first tab')
  await tab.page.close()
  await expect(anna.box).toHaveValue('Written in the first tab')
  await anna.reload()
  await expect(anna.box).toHaveValue('Written in the first tab')
})

test('what one tab has sent stands in no other', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  await anna.type('Said once')
  await expect.poll(() => kept(anna.page)).toBe('Said once')
  const tab = await anna.anotherTab()
  await expect(tab.box).toHaveValue('Said once')
  await tab.send()
  await expect(anna).toShow(['Hello', 'Said once'])
  await expect(anna.box).toHaveValue('')
  await anna.reload()
  await expect(anna.box).toHaveValue('')
  await expect(mei).toShow(['Hello', 'Said once'])
})

test('two tabs that write each its own keep each its own', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  const tab = await anna.anotherTab()
  await anna.type('Here')
  await expect.poll(() => kept(anna.page)).toBe('Here')
  await tab.type('There')
  await tab.send()
  await expect(anna).toShow(['Hello', 'There'])
  await expect(anna.box).toHaveValue('Here')
  await anna.reload()
  await expect(anna.box).toHaveValue('Here')
})

test('a draft of a conversation that is over is not in the next one', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  await anna.type('One more thing')
  await expect.poll(() => kept(anna.page)).toBe('One more thing')
  const { comeBack } = await anna.leavePage()
  await mei.close()
  const back = await comeBack()
  await back.panel.getByRole('button', { name: 'Start a new conversation' }).click()
  await expect(back.panel).toContainText('Mei')
  await expect(back.box).toBeVisible()
  await expect(back.box).toHaveValue('')
})

test('a form half filled in is as it was on the next page, and empty once it is sent', async ({ guest }) => {
  const anna = await guest()
  const fields = ['Your message', 'E-mail or phone', 'Name']
  const words = ['Do you ship to Norway?', 'anna@example.org', 'Anna']
  for (const [index, label] of fields.entries()) await anna.panel.getByLabel(label).fill(words[index] ?? '')
  await anna.page.reload()
  const back = await Widget.openOn(anna.page)
  for (const [index, label] of fields.entries()) await expect(back.panel.getByLabel(label)).toHaveValue(words[index] ?? '')
  await back.panel.getByRole('button', { name: 'Leave message' }).click()
  await expect(back.panel).toContainText('We will write to anna@example.org')
  await back.page.reload()
  const again = await Widget.openOn(back.page)
  await expect(again).toShow(['Do you ship to Norway?'])
  await expect(again.box).toHaveValue('')
})

test('a draft survives a browser that is killed', async ({ seatline, agent, playwright, launchOptions }) => {
  const mei = await agent('Mei', 1)
  const folder = await mkdtemp(join(tmpdir(), 'killed-'))
  const open = (): Promise<BrowserContext> => playwright.chromium.launchPersistentContext(folder, launchOptions)
  try {
    const before = await open()
    const anna = await Widget.visit(await before.newPage(), `${seatline.origin}/demo`)
    await anna.say('Hello')
    await mei.open('Hello')
    await anna.type('Half a thought')
    await expect.poll(() => onDisk(folder, 'Half a thought'), { timeout: 90_000 }).toBe(true)
    // The whole browser, without a word to its pages.
    const devtools = await before.browser()?.newBrowserCDPSession()
    await Promise.race([devtools?.send('Browser.crash'), new Promise((gone) => before.once('close', gone))]).catch(() => {})
    await before.close().catch(() => {})

    const after = await open()
    const back = await Widget.visit(await after.newPage(), `${seatline.origin}/demo`)
    await expect(back).toShow(['Hello'])
    await expect(back.box).toHaveValue('Half a thought')
    await after.close()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Whether the browser has written the words where a crash leaves them. */
async function onDisk(profile: string, words: string): Promise<boolean> {
  const folder = join(profile, 'Default/Local Storage/leveldb')
  const files = await readdir(folder).catch(() => [])
  for (const file of files.filter((name) => name.endsWith('.log'))) {
    const bytes = await readFile(join(folder, file))
    if (bytes.includes(words, 0, 'latin1') || bytes.includes(words, 0, 'utf16le')) return true
  }
  return false
}
