import { expect, test } from '../support/test.ts'

test('an administrator makes a member, who logs in and serves', async ({ seatline, atConsole, atDesk, guest }) => {
  const admin = await atConsole(seatline.administrator)
  const mei = await admin.newMember({ login: 'mei', name: '王 Mei', seats: 2 })
  await expect(admin.member('王 Mei')).toContainText('2')

  const hers = await atDesk(mei)
  await hers.duty('On duty')
  const anna = await guest()
  await anna.say('Hello')
  await expect(anna.panel).toContainText('王 Mei')
  await hers.open('Hello')
  await hers.say('How can I help?')
  await expect(anna).toShow(['Hello', 'How can I help?'])

  await admin.go('Live')
  await expect(admin.seatsOf('王 Mei')).toHaveAccessibleName(/1 of 2/)
})

test('an agent may not enter the console', async ({ api, page, seatline }) => {
  const mei = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  await page.goto(`${seatline.origin}/admin`)
  await page.getByLabel('Login').fill(mei.login)
  await page.getByLabel('Password', { exact: true }).fill(mei.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('link', { name: 'Members' })).toBeHidden()
})
