import { expect, test } from '../support/test.ts'

test('a guest is seated and both talk, see each other type, and see what was read', { tag: '@engines' }, async ({
  agent,
  guest,
}) => {
  const question = '您好，这件有 M 码吗？\n  <b>blue</b> & "so" 👗'
  const mei = await agent('Mei', 2)
  const anna = await guest()
  await expect(anna.panel).toContainText('Mei')

  await anna.say(question)
  await expect(mei.mine).toHaveCount(1)
  await mei.open('您好')
  await expect(mei).toShow([question])
  await expect(anna.mark('您好')).toHaveAccessibleName('Seen')

  await mei.type('有的，')
  await expect(anna.typing).toBeVisible()
  await mei.type('有的，我帮您看一下')
  await mei.send()
  await expect(anna).toShow([question, '有的，我帮您看一下'])
  await expect(anna.typing).toBeHidden()
  await expect(mei.mark('有的')).toHaveAccessibleName('Seen')

  await anna.type('还有别的颜色')
  await expect(mei.typing).toContainText('还有别的颜色')
  await anna.send()
  await expect(mei).toShow([question, '有的，我帮您看一下', '还有别的颜色'])
  await expect(mei.typing).toBeHidden()
})

test('the address of a colleague’s conversation shows the guest, what is said, and who has it', async ({ agent, meiWithAnna }) => {
  const { mei } = await meiWithAnna()
  const name = await mei.page.getByRole('heading', { level: 1 }).innerText()
  expect(name).toMatch(/^Guest \w{4}$/)

  const ben = await agent('Ben', 1)
  await ben.page.goto(mei.page.url())
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(ben.page.getByText('Hello', { exact: true })).toBeVisible()
  await expect(ben.page.getByText('Mei has this conversation')).toBeVisible()
  await expect(ben.guest).toContainText(name)
  await expect(ben.box).toBeHidden()
})
