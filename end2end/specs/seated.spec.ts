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

test('a guest who reloads, or opens a second tab, is in the same conversation', async ({ agent, guest }) => {
  const mei = await agent('Mei', 1)
  const anna = await guest()
  await anna.say('One')
  await mei.open('One')
  await mei.say('Two')
  await expect(anna).toShow(['One', 'Two'])

  const secondTab = await anna.anotherTab()
  await expect(secondTab).toShow(['One', 'Two'])
  await secondTab.say('Three')
  await expect(anna).toShow(['One', 'Two', 'Three'])

  await anna.reload()
  await expect(anna).toShow(['One', 'Two', 'Three'])
  await mei.say('Four')
  for (const side of [anna, secondTab, mei]) await expect(side).toShow(['One', 'Two', 'Three', 'Four'])
  await expect(mei.mine).toHaveCount(1)
})
