import { randomUUID } from 'node:crypto'
import { Socket } from '../support/socket.ts'
import { expect, test } from '../support/test.ts'

const HELLO = { type: 'hello', protocol: 1 }

test('strangers are refused before the upgrade', async ({ seatline, site }) => {
  const own = { origin: seatline.origin }
  const guestOf = (key: string) => seatline.ws(`/ws/guest?site=${key}`)

  expect(await Socket.refusal(guestOf(site.key), { origin: 'https://elsewhere.example' })).toBe(403)
  expect(await Socket.refusal(guestOf(site.key), { origin: 'null' })).toBe(403)
  expect(await Socket.refusal(guestOf('no-such-site'), own)).toBe(403)
  expect(await Socket.refusal(seatline.ws('/ws/guest'), own)).toBe(403)
  expect(await Socket.refusal(seatline.ws('/ws/desk'), own)).toBe(401)
  expect(await Socket.refusal(seatline.ws('/ws/live'), own)).toBe(401)
})

test('what is not of this protocol ends with a code that says so', async ({ connect }) => {
  const cases: [string, (socket: Socket) => void, number][] = [
    ['not JSON', (socket) => socket.raw('{"type":'), 4400],
    ['an unknown frame', (socket) => socket.send({ type: 'sudo' }), 4400],
    ['a frame before hello', (socket) => socket.send({ type: 'start' }), 4400],
    ['a binary frame', (socket) => socket.raw(Buffer.from(JSON.stringify(HELLO))), 4400],
    ['another version', (socket) => socket.send({ type: 'hello', protocol: 999 }), 4426],
    ['an oversized frame', (socket) => socket.raw(' '.repeat(128 * 1024 + 1)), 4413],
    ['a huge frame', (socket) => socket.raw(' '.repeat(16 * 1024 * 1024)), 4413],
  ]
  for (const [what, act, code] of cases) {
    await test.step(what, async () => {
      const socket = await connect()
      act(socket)
      expect((await socket.closed).code, what).toBe(code)
    })
  }
})

test('malformed and oversized frames are refused after hello as well', async ({ connect }) => {
  const talking = await connect(HELLO)
  talking.send({ type: 'send', id: 'not-a-uuid', text: 'Hello' })
  expect((await talking.closed).code).toBe(4400)

  const shouting = await connect(HELLO)
  shouting.send({ type: 'send', id: randomUUID(), text: 'x'.repeat(128 * 1024) })
  expect((await shouting.closed).code).toBe(4413)
})

test('a text over the limit is rejected, and the connection lives on', async ({ connect }) => {
  const socket = await connect(HELLO)
  const id = randomUUID()
  socket.send({ type: 'send', id, text: '字'.repeat(8_001) })
  expect(await socket.next('rejected')).toMatchObject({ code: 'too_long', id })
  socket.send({ type: 'send', id: randomUUID(), text: '字'.repeat(8_000) })
  expect(await socket.next('ack')).toMatchObject({ type: 'ack' })
})

test('a flood is cut off', async ({ connect }) => {
  const socket = await connect(HELLO)
  for (let frames = 0; frames < 500; frames += 1) socket.send({ type: 'ping' })
  expect((await socket.closed).code).toBe(4429)
})

test('who never says hello is shown the door', async ({ connect }) => {
  const socket = await connect()
  expect((await socket.closed).code).toBe(4408)
})

test('the server stays well under all of it', async ({ seatline, connect, agent, guest, request }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Before')
  await mei.open('Before')

  const abuse = Array.from({ length: 40 }, async (_, index) => {
    const socket = await connect()
    if (index % 2 === 0) socket.raw('x'.repeat(128 * 1024 + 1))
    else for (let frames = 0; frames < 500; frames += 1) socket.send({ type: 'ping' })
    return (await socket.closed).code
  })
  await mei.say('Meanwhile')
  await expect(anna).toShow(['Before', 'Meanwhile'])
  expect(new Set(await Promise.all(abuse))).toEqual(new Set([4413, 4400]))

  await anna.say('Afterwards')
  await expect(mei).toShow(['Before', 'Meanwhile', 'Afterwards'])
  for (const path of ['/healthz', '/readyz']) {
    expect((await request.get(seatline.origin + path)).status()).toBe(200)
  }
})
