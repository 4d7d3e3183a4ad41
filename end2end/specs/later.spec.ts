// The chat beside a server of a later version, and beside names chosen to do harm: the test puts words into the server's mouth.

import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { accessibilityProblems } from '../support/screens/axe.ts'
import type { Frame } from '../support/socket.ts'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** Between page and server: `heard` sees each frame of the server's before the page does; what is returned says one more. */
async function intercept(page: Page, heard: (frame: Frame) => Frame = (frame) => frame): Promise<(frame: Frame) => void> {
  let say = (_: Frame) => {}
  await page.routeWebSocket(/\/ws\/guest/, (socket) => {
    const server = socket.connectToServer()
    say = (frame) => socket.send(JSON.stringify(frame))
    server.onMessage((message) => say(heard(JSON.parse(message.toString()) as Frame)))
  })
  return (frame) => say(frame)
}

test('what it does not know it passes over, or says in a neutral sentence', async ({ agent, newPage }) => {
  const mei = await agent('Mei', 1)
  const page = await newPage()
  let conversation: Frame = { type: 'conversation' }
  const say = await intercept(page, (frame) => {
    if (frame.type === 'conversation') conversation = frame
    return frame
  })
  const anna = await Widget.visit(page, '/demo')
  await expect(anna.panel).toContainText('Mei')
  await anna.say('Hello')
  await mei.open('Hello')

  let seq = 2
  const message = (fields: object): Frame => {
    seq += 1
    const from = { role: 'system' }
    return { type: 'message', conversation: conversation.id, seq, id: randomUUID(), from, at: Date.now(), ...fields }
  }
  say({ type: 'fireworks', colours: ['red'] })
  say({ type: 'rejected', code: 'too_loud' })
  say(message({ id: null, body: { kind: 'notice', notice: 'praised', by: 'everybody' } }))
  say(message({ id: null, body: { kind: 'notice', notice: 'missed', reason: 'flooded' } }))
  say(message({ from: { role: 'robot', name: 'R2' }, body: { kind: 'picture', file: 'a.png' } }))
  const log = anna.panel.getByRole('log')
  await expect(log.locator('.theirs').filter({ hasText: 'This message cannot be shown here.' })).toContainText('R2')
  await expect(log).toContainText('Nobody can answer right now.')
  await expect(log).not.toContainText('undefined')
  expect(await log.locator('.notice:visible').allTextContents()).not.toContain('')

  for (const place of [
    { state: 'parked', bay: 4 },
    { state: 'waiting', reason: 'promoted', ahead: 2, estimate_s: null, staffed: true, agents_here: true },
    { state: 'missed', reason: 'flooded', resumes_at: null },
    { state: 'closed', by: 'robot' },
  ]) {
    say({ ...conversation, place })
    await expect(anna.panel.getByRole('heading')).toHaveText('Customer service')
    await expect(anna.panel).not.toContainText('undefined')
    expect(await accessibilityProblems(page)).toEqual([])
  }
  // And goes on as if nothing had been.
  say(conversation)
  await anna.say('Still there?')
  await mei.say('Yes')
  await expect(mei).toShow(['Hello', 'Still there?', 'Yes'])
})

/** Where a character of these words is, from the left. */
function left(place: Locator, words: string, index: number): Promise<number> {
  return place.evaluate(
    (element, [words, index]) => {
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.textContent?.indexOf(words) ?? -1
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(node, at + index)
        range.setEnd(node, at + index + 1)
        return range.getBoundingClientRect().left
      }
      throw new Error(`${words} is not there`)
    },
    [words, index] as const,
  )
}

test('a name neither hides nor turns what stands beside it', async ({ agent, newPage }) => {
  await agent('Mei', 4)
  const names = ['\u3164\u200b', 'Mei\u202e', 'מיכל', '\u2067Mei']
  for (const name of names) {
    const page = await newPage()
    await intercept(page, (frame) => JSON.parse(JSON.stringify(frame).replaceAll('"Mei"', JSON.stringify(name))) as Frame)
    const anna = await Widget.visit(page, '/demo')
    const greeting = anna.panel.getByText('is here for you')
    await expect(greeting.first()).toBeVisible()
    const end = ' is here for you'.length - 1
    expect(await left(greeting.first(), ' is here for you', 1)).toBeLessThan(await left(greeting.first(), ' is here for you', end))
    const shown = (await anna.panel.getByRole('heading').textContent()) ?? ''
    expect(shown.replace(/[\u2068\u2069]/g, ''), JSON.stringify(name)).toMatch(/^(Customer service|Mei|מיכל)$/)
    await page.close()
  }
})

test('today is yesterday after midnight, though nobody says anything', async ({ meiWithAnna }) => {
  const { anna } = await meiWithAnna()
  const { page } = anna
  await expect(anna.panel.getByText('Yesterday')).toBeHidden()
  await page.clock.install()
  await page.reload()
  await expect(anna).toShow(['Hello'])
  const left = await page.evaluate(() => new Date().setHours(24, 0, 0, 0) - Date.now())
  await page.clock.fastForward(left + 1_000)
  await expect(anna.panel.getByRole('log').getByText('Yesterday')).toBeVisible()
})
