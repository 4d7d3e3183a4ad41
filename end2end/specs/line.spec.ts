import { expect, test } from '../support/test.ts'

test('with every seat taken guests wait, see who is ahead, and move up as seats free', { tag: '@engines' }, async ({
  agent,
  guest,
}) => {
  const mei = await agent('Mei', 1)
  const seated = await guest()
  await expect(seated.panel).toContainText('Mei')
  await seated.say('I have the seat')

  const first = await guest()
  await expect(first.panel).toContainText('You are next')
  const second = await guest()
  await expect(second.panel).toContainText('1 person ahead of you')
  const third = await guest()
  await expect(third.panel).toContainText('2 people ahead of you')
  await expect(mei.line).toHaveCount(3)
  await first.say('Written while waiting')

  await mei.open('I have the seat')
  await mei.close()
  await expect(seated.panel).toContainText('This conversation is over')
  await expect(first.panel).toContainText('Mei')
  await expect(second.panel).toContainText('You are next')
  await expect(third.panel).toContainText('1 person ahead of you')
  await expect(mei.line).toHaveCount(2)

  await mei.open('Written while waiting')
  await mei.say('Here you are')
  await expect(first).toShow(['Written while waiting', 'Here you are'])

  // Someone who gives up is ahead of nobody.
  await second.leaveLine()
  await expect(third.panel).toContainText('You are next')
  await expect(mei.line).toHaveCount(1)
})
