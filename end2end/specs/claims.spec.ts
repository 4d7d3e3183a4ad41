import { Gate } from '../support/gate.ts'
import { Desk } from '../support/desk.ts'
import { expect, test } from '../support/test.ts'

test('two agents claim the same missed conversation at once: one has it, the other is told', { tag: '@engines' }, async ({
  api,
  guest,
  newPage,
}) => {
  const anna = await guest()
  await anna.leaveMessage({ text: 'Do you ship to Norway?', contact: 'anna@example.org', name: 'Anna' })
  await expect(anna.panel).toContainText('Thank you')

  const gate = new Gate('claim', 2)
  const desks = await Promise.all(
    ['Mei', 'Jonas'].map(async (name) => {
      const member = await api.newAgent({ login: name.toLowerCase(), name, seats: 1 })
      const page = await newPage()
      await gate.before(page)
      const desk = await Desk.login(page, member)
      await desk.duty('On duty')
      await expect(desk.missed).toHaveCount(1)
      return desk
    }),
  )
  for (const desk of desks) await desk.pressClaim('Do you ship to Norway?')

  const tooLate = (desk: Desk) => desk.page.getByText(/was quicker/).isVisible()
  await expect.poll(async () => (await Promise.all(desks.map(tooLate))).filter(Boolean).length).toBe(1)
  const losers = await Promise.all(desks.map(tooLate))
  const [winner, loser] = losers[0] ? [desks[1], desks[0]] : [desks[0], desks[1]]
  if (!winner || !loser) throw new Error('there are two desks')

  await expect(winner).toShow(['Do you ship to Norway?'])
  await winner.say('Yes, within a week')
  await expect(anna).toShow(['Do you ship to Norway?', 'Yes, within a week'])
  await expect(loser.mine).toHaveCount(0)
  for (const desk of desks) await expect(desk.missed).toHaveCount(0)
})
