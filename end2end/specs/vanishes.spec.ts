import { expect, test } from '../support/test.ts'

const ABSENCE = { SEATLINE_ABSENCE_S: '0.5' }
const GRACE = { ...ABSENCE, SEATLINE_AGENT_GRACE_S: '3' }

test.describe('an agent whose browser vanishes', () => {
  test.use({ settings: GRACE })

  test('loses the guest to the front of the line after the grace period, and the guest is told', { tag: '@engines' }, async ({
    agent,
    guest,
    meiWithAnna,
  }) => {
    const { mei, anna } = await meiWithAnna()
    await mei.say('Good morning')
    await expect(anna).toShow(['Hello', 'Good morning'])
    const next = await guest()
    await expect(next.panel).toContainText('You are next')

    await mei.page.context().close()
    await expect(anna.panel).toContainText('your seat is kept')
    await expect(anna.panel).toContainText('Your agent lost the connection')
    await expect(anna.panel).toContainText('You are next')
    await expect(next.panel).toContainText('1 person ahead of you')

    const jonas = await agent('Jonas', 1)
    await expect(anna.panel).toContainText('Jonas')
    await jonas.open('Good morning')
    await expect(jonas).toShow(['Hello', 'Good morning'])
    await jonas.say('I take over from Mei')
    await expect(anna).toShow(['Hello', 'Good morning', 'I take over from Mei'])
    await expect(next.panel).toContainText('You are next')
  })

  test('by a cut cable finds out on coming back', async ({ agent, cable, meiWithAnna }) => {
    const { mei, anna } = await meiWithAnna({ baseURL: cable.origin })
    const jonas = await agent('Jonas', 1)

    cable.cut()
    await expect(mei.page.getByText('Connection lost')).toBeVisible()
    await mei.type('I was just about to')
    await expect(anna.panel).toContainText('Jonas')
    await jonas.open('Hello')

    cable.mend()
    await mei.resumed()
    await expect(mei.page.getByText('left your desk while you were offline')).toBeVisible()
    await expect(mei.mine).toHaveCount(0)
    await jonas.say('Good morning')
    await expect(anna).toShow(['Hello', 'Good morning'])
  })
})

test.describe('an agent', () => {
  test.use({ settings: ABSENCE })

  test('who is back within the grace period keeps the guest', async ({ cable, meiWithAnna }) => {
    const { mei, anna } = await meiWithAnna({ baseURL: cable.origin })

    cable.cut()
    await expect(anna.panel).toContainText('your seat is kept')
    await mei.say('Written in a tunnel')
    cable.mend()
    await mei.resumed()
    await expect(anna).toShow(['Hello', 'Written in a tunnel'])
    await expect(anna.panel).not.toContainText('your seat is kept')
  })
})
