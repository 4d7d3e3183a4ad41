import { expect, test } from '../support/test.ts'

test('a killed server loses, doubles and reorders nothing, and the line stands', { tag: '@engines' }, async ({
  seatline,
  guest,
  meiWithAnna,
}) => {
  const { mei, anna } = await meiWithAnna()
  await mei.say('Good morning')
  await expect(anna).toShow(['Hello', 'Good morning'])
  const first = await guest()
  await expect(first.panel).toContainText('You are next')
  const second = await guest()
  await expect(second.panel).toContainText('1 person ahead of you')

  // When the plug is pulled, some of these are acknowledged, some on their way, and some not sent.
  const burst = Array.from({ length: 20 }, (_, index) => `Burst ${index + 1}`)
  const burstSaid = anna.sayAll(burst)
  await expect.poll(() => mei.texts()).toContain('Burst 3')
  await seatline.kill9()
  await burstSaid
  await expect(anna.panel).toContainText('No connection')
  await anna.say('Are you there?')
  await mei.say('I am still here')
  await expect(mei.page.getByText('Connection lost')).toBeVisible()

  await seatline.start()
  await Promise.all([anna, mei, first, second].map((side) => side.resumed()))
  const fromAnna = ['Hello', ...burst, 'Are you there?']
  const fromMei = ['Good morning', 'I am still here']
  for (const side of [anna, mei]) {
    await expect.poll(async () => (await side.texts()).length).toBe(fromAnna.length + fromMei.length)
    const texts = await side.texts()
    expect(texts.filter((text) => !fromMei.includes(text))).toEqual(fromAnna)
    expect(texts.filter((text) => fromMei.includes(text))).toEqual(fromMei)
  }
  await expect(mei).toShow(await anna.texts())

  await expect(first.panel).toContainText('You are next')
  await expect(second.panel).toContainText('1 person ahead of you')
  await expect(mei.line).toHaveCount(2)
  await mei.close()
  await expect(first.panel).toContainText('Mei')
  await expect(second.panel).toContainText('You are next')
})

test('an orderly stop tells everyone to come back, and they do', async ({ seatline, agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('Before')
  await mei.open('Before')
  await expect(mei).toShow(['Before'])

  expect(await seatline.stop()).toBe(0)
  await expect(anna.panel).toContainText('No connection')
  await anna.say('While it was down')
  await seatline.start()
  await Promise.all([anna, mei].map((side) => side.resumed()))
  for (const side of [anna, mei]) await expect(side).toShow(['Before', 'While it was down'])
})
