import { expect, test } from '../support/test.ts'

test.use({ settings: { SEATLINE_ACCEPT_S: '6' } })

test('a guest who gets no answer is moved on, and both sides are told', { tag: '@engines' }, async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await expect(anna.panel).toContainText('Mei')
  await anna.say('Is anybody there?')
  await mei.open('Is anybody there?')

  await expect(anna.panel).toContainText('Your agent could not answer')
  await expect(anna.panel).toContainText('You are next')
  await expect(mei.page.getByText('It went back in line: the agent did not answer in time')).toBeVisible()
  await expect(mei.page.getByText('A guest got no answer')).toBeVisible()
  await expect(mei.mine).toHaveCount(0)
  await expect(mei.line).toHaveCount(1)

  await mei.page.getByRole('button', { name: 'I am here' }).click()
  await mei.open('Is anybody there?')
  await mei.say('Yes, sorry')
  await expect(anna).toShow(['Is anybody there?', 'Yes, sorry'])
  await expect(mei.page.getByText('A guest got no answer')).toBeHidden()
})

test('with a colleague there, the guest goes to them', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await expect(anna.panel).toContainText('Mei')
  await anna.say('Is anybody there?')
  const jonas = await agent('Jonas', 1)

  await jonas.open('Is anybody there?')
  await jonas.say('I am')
  await expect(anna).toShow(['Is anybody there?', 'I am'])
  await expect(anna.panel).toContainText('Jonas')
  await expect(mei.page.getByText('A guest got no answer')).toBeVisible()
})
