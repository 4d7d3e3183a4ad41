// The console's list of member groups.

import { expect, test } from '../support/test.ts'

test('nobody is said to be in no group before it is known who is', async ({ api, atConsole, seatline }) => {
  await api.newAgent({ login: 'mei', name: 'Mei', seats: 2 })
  await api.call('member_group/create', { group: { name: 'After-sales', members: [] } })
  const console = await atConsole(seatline.administrator)
  const { page } = console
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  let held = 0
  await page.route('**/api/v1/member/list', async (route) => {
    held++
    await asked
    await route.continue()
  })

  await console.go('Groups')
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  const [served, empty] = [row('Service'), row('After-sales')]
  const nobody = page.getByText('Nobody in it yet')
  await expect(served).toBeVisible()
  await expect(empty).toBeVisible()
  await expect.poll(() => held).toBe(1)
  await expect(nobody).toHaveCount(0)
  await expect(served).not.toContainText('Nobody')

  answer()
  await expect(empty).toContainText('Nobody in it yet')
  await expect(served).toContainText('2')
  await expect(nobody).toHaveCount(1)
})
