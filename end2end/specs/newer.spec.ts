// A server that is newer than the page that talks to it: what is unknown costs nothing but itself, and a reload is offered.

import { Desk } from '../support/desk.ts'
import { changeFrames } from '../support/frames.ts'
import { logIn } from '../support/login.ts'
import type { Frame } from '../support/socket.ts'
import { expect, test } from '../support/test.ts'

const WEATHER: Frame = { type: 'weather', tomorrow: { rain: [1, 2, 3] } }

/** Says every reason, every way and every word of a closed set in one that this version does not know. */
function fromTheFuture(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromTheFuture)
  if (value === null || typeof value !== 'object') return value
  const unknown = ['reason', 'after', 'how', 'by', 'why', 'code']
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (unknown.includes(key) && typeof item === 'string') return [key, 'of_tomorrow']
      if (key === 'rules' && Array.isArray(item)) return [key, [...(item as string[]), 'tea.make']]
      return [key, fromTheFuture(item)]
    }),
  )
}

test('the desk passes over what it does not know and shows what it cannot read as that', async ({ api, guest, newPage }) => {
  const page = await newPage()
  await changeFrames(page, (frame) => {
    const changed = fromTheFuture(frame) as Frame
    const { text } = (frame.body ?? {}) as { text?: string }
    if (text === 'A picture') changed.body = { kind: 'picture', url: 'https://shop.example/a.png' }
    if (frame.body && text === undefined) changed.body = { kind: 'notice', notice: 'rated', stars: 5 }
    return [WEATHER, changed, WEATHER]
  })
  const mei = await Desk.login(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
  await mei.duty('On duty')
  const anna = await guest()
  await anna.sayAll(['Hello', 'A picture', 'Do you have it?'])
  await mei.open('Do you have it?')
  await expect(mei).toShow(['Hello', 'Do you have it?'])
  await expect(page.getByRole('log').getByText('it comes from a newer version')).toHaveCount(2)
  await mei.say('We do')
  await expect(anna).toShow(['Hello', 'A picture', 'Do you have it?', 'We do'])
  const second = await guest()
  await expect(mei.line).toHaveCount(1)
  await second.leaveLine()
  await mei.close()
  await expect(page.getByText('is not yours any more')).toBeVisible()
  await expect(page.getByText('out of date')).toBeHidden()
  await expect(page.getByText('refused')).toBeHidden()
})

test('the live page passes over what it does not know', async ({ agent, guest, newPage, seatline }) => {
  await agent('Mei', 1)
  const page = await newPage()
  await changeFrames(page, (frame) => [WEATHER, fromTheFuture(frame) as Frame])
  await page.goto('/admin/live')
  await logIn(page, seatline.administrator)
  await guest().then((anna) => anna.say('Hello'))
  await guest()
  await expect(page.getByText('Another reason')).toBeVisible()
  await expect(page.getByText('Live', { exact: true }).last()).toBeVisible()
  await expect(page.getByText('out of date')).toBeHidden()
})

test('when the server comes back with another version, a reload is offered and what was written is kept', async ({
  meiWithAnna,
  seatline,
}) => {
  const { mei, anna } = await meiWithAnna()
  const { page } = mei
  await page.route(
    (url) => url.pathname.startsWith('/desk/c/'),
    async (route) => {
      // Loaded in earnest, it is the page that there is.
      if (route.request().resourceType() !== 'fetch') return route.continue()
      const response = await route.fetch()
      const body = await response.text()
      await route.fulfill({ response, body: body.replaceAll(/data-wasm="[^"]*"/g, 'data-wasm="/desk/pkg/next.wasm"') })
    },
  )
  await mei.type('Half a sentence')
  await seatline.stop()
  await expect(page.getByText('restarting')).toBeVisible()
  await seatline.start()
  await mei.resumed()
  const offer = page.getByText('There is a new version of Seatline')
  await expect(offer).toBeVisible()
  await expect(mei.box).toHaveValue('Half a sentence')
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(offer).toBeHidden()
  await expect(mei.box).toHaveValue('Half a sentence')
  await mei.send()
  await expect(anna).toShow(['Hello', 'Half a sentence'])
})
