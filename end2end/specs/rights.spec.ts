import { Api } from '../support/api.ts'
import { endpoints } from '../support/endpoints.ts'
import { logIn } from '../support/login.ts'
import { Socket } from '../support/socket.ts'
import { expect, test } from '../support/test.ts'

test('a call without the rule it needs is refused, whichever it is', async ({ seatline, api }) => {
  const agent = await Api.login(seatline, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
  const { rules: mine } = await agent.call<{ rules: string[] }>('session/current')
  expect(mine).toEqual(['conversation.serve'])

  const refused = endpoints().filter(({ rules }) => rules && !rules.some((rule) => mine.includes(rule)))
  expect(refused.length).toBeGreaterThan(8)
  for (const { path } of refused) {
    expect(await agent.refusal(path), path).toEqual({ status: 403, code: 'forbidden' })
    expect((await api.refusal(path))?.status, `${path}, called by an administrator`).not.toBe(403)
  }
  const live = { origin: seatline.origin, cookie: await agent.cookie() }
  expect(await Socket.refusal(seatline.ws('/ws/live'), live)).toBe(403)
  await agent.dispose()
})

test('a page without the rule it needs is neither offered nor shown', async ({ seatline, api, atConsole, newPage }) => {
  const admin = await atConsole(seatline.administrator)
  const pages = await admin.pages()
  expect(pages.length).toBeGreaterThanOrEqual(4)

  const page = await newPage()
  await page.goto('/admin')
  await logIn(page, await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 }))
  await expect(page.getByText('You may not see this')).toBeVisible()
  for (const { name, address } of pages) {
    await page.goto(address)
    await expect(page.getByText('You may not see this'), address).toBeVisible()
    await expect(page.getByRole('link', { name, exact: true }), name).toHaveCount(0)
    await expect(page.getByRole('table')).toHaveCount(0)
  }
})

test('disabling a member ends their sessions and sockets at once', { tag: '@engines' }, async ({
  seatline,
  api,
  atConsole,
  atDesk,
  guest,
}) => {
  const credentials = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  const mei = await atDesk(credentials)
  await mei.duty('On duty')
  const anna = await guest()
  await anna.say('Hello')
  await mei.open('Hello')
  const program = await Api.login(seatline, credentials)
  const origin = { origin: seatline.origin, cookie: await program.cookie() }
  const socket = await Socket.connect(seatline.ws('/ws/desk'), origin)
  socket.send({ type: 'hello', protocol: 1 })
  await socket.next('welcome')

  const admin = await atConsole(seatline.administrator)
  await admin.disable('Mei')

  await expect(mei.page.getByText('Your session is over')).toBeVisible()
  await expect(anna.panel).toContainText('You are next')
  expect((await socket.closed).code).toBe(4401)
  expect(await program.refusal('session/current')).toEqual({ status: 401, code: 'unauthorized' })
  expect(await program.refusal('session/login', { ...credentials })).toEqual({ status: 401, code: 'unauthorized' })
  expect(await Socket.refusal(seatline.ws('/ws/desk'), origin)).toBe(401)
  await program.dispose()
})
