import { expect, test } from '../support/test.ts'

test('an administrator makes a member, who logs in and serves', async ({ seatline, atConsole, atDesk, guest }) => {
  const admin = await atConsole(seatline.administrator)
  const credentials = await admin.newAgent({ login: 'mei', name: '王 Mei', seats: 2 })
  await expect(admin.member('王 Mei').getByRole('img', { name: '0 of 2 seats taken' })).toBeVisible()

  const mei = await atDesk(credentials)
  await mei.duty('On duty')
  const anna = await guest()
  await anna.say('Hello')
  await expect(anna.panel).toContainText('王 Mei')
  await mei.open('Hello')
  await mei.say('How can I help?')
  await expect(anna).toShow(['Hello', 'How can I help?'])

  await admin.go('Live')
  await expect(admin.onFloor('王 Mei').getByRole('group', { name: '1 of 2 seats taken' })).toBeVisible()
})
