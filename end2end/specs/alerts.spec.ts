import type { Page } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { expect, test } from '../support/test.ts'

interface Ears {
  tones: number
  notes: string[]
}

/** Listens to what the page would sound and show outside of its window. */
async function listen(page: Page): Promise<void> {
  await page.context().grantPermissions(['notifications'])
  await page.addInitScript(() => {
    const ears: Ears = { tones: 0, notes: [] }
    Object.assign(window, { ears })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...when) {
      ears.tones += 1
      start.apply(this, when)
    }
    window.Notification = class extends EventTarget {
      static permission = 'granted'
      static requestPermission = () => Promise.resolve('granted')
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super()
        ears.notes.push(`${title}: ${body}`)
      }
      close(): void {}
    } as unknown as typeof Notification
  })
}

function heard(page: Page): Promise<Ears> {
  return page.evaluate(() => (window as unknown as { ears: Ears }).ears)
}

test('a new guest and a new message are heard and seen outside of the page, what one looks at is not', async ({
  api,
  guest,
  newPage,
}) => {
  const page = await newPage()
  await listen(page)
  const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 2 }))
  await mei.allowNotifications()
  await mei.duty('On duty')
  const notes = async () => (await heard(page)).notes

  const anna = await guest()
  await expect.poll(notes, 'of the new guest').toHaveLength(1)
  // Two at once sound as one, so there is one to be heard here, and the message is only seen.
  expect((await heard(page)).tones).toBeGreaterThan(0)
  await anna.say('Is anybody there?')
  await expect.poll(async () => (await notes()).at(-1)).toContain('Is anybody there?')
  await expect(page).toHaveTitle(/^\(1\)/)

  await mei.open('Is anybody there?')
  await expect(page).not.toHaveTitle(/^\(/)
  const before = await heard(page)
  await anna.say('Good')
  await expect(mei).toShow(['Is anybody there?', 'Good'])
  expect(await heard(page)).toEqual(before)
})

test.describe('an agent who let a guest wait in vain', () => {
  test.use({ settings: { SEATLINE_ACCEPT_S: '2', SEATLINE_UNSTAFFED_S: '1' } })

  test('is reminded by ear, notification and title, and the guests wait', async ({ api, guest, newPage }) => {
    const page = await newPage()
    await listen(page)
    const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
    await mei.allowNotifications()
    await mei.duty('On duty')
    // She looks at another window; to a browser under test, every page has the focus.
    await page.evaluate(() => Object.assign(document, { hasFocus: () => false }))
    const anna = await guest()
    await anna.say('Is anybody there?')
    await expect(page).toHaveTitle(/^Are you there\?/)
    const reminders = async () => (await heard(page)).notes.filter((note) => note.startsWith('Guests are waiting for you'))
    await expect.poll(reminders).toHaveLength(1)
    const tones = (await heard(page)).tones

    const next = await guest()
    await expect(next.panel).toContainText('1 person ahead of you')
    await expect.poll(async () => (await heard(page)).tones, { timeout: 30_000 }).toBeGreaterThan(tones)
    await expect(next.panel).toContainText('1 person ahead of you')
    await expect(anna.panel).toContainText('You are next')

    await page.getByRole('button', { name: 'I am here' }).click()
    await mei.open('Is anybody there?')
    await expect(page).not.toHaveTitle(/^Are you there/)
  })
})
