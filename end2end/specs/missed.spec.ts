import { expect, test } from '../support/test.ts'

test('with nobody on duty a guest leaves a message, and finds the answer on returning', { tag: '@engines' }, async ({
  agent,
  guest,
}) => {
  const anna = await guest()
  await expect(anna.panel).toContainText('Nobody is on duty right now')
  await anna.leaveMessage({ text: 'Do you ship to Norway?', contact: 'anna@example.org', name: 'Anna' })
  await expect(anna.panel).toContainText('Thank you')
  const later = await anna.leavePage()

  const mei = await agent('Mei', 1)
  await expect(mei.missed).toHaveCount(1)
  await mei.claim('Do you ship to Norway?')
  await expect(mei).toShow(['Do you ship to Norway?'])
  await expect(mei.guest).toContainText('anna@example.org')
  await mei.say('Yes, within a week')
  await expect(mei.missed).toHaveCount(0)

  const back = await later.comeBack()
  await expect(back).toShow(['Do you ship to Norway?', 'Yes, within a week'])
})
