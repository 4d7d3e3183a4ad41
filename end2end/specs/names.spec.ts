// Names of invisible characters are none, and what people call themselves changes the direction of nothing around it.

import { expect, test } from '../support/test.ts'

const TURNED = 'photo\u{202e}gpj.exe'

test('a guest without a visible name has a tag, and a name that turns around is read as it is', async ({ agent, connect }) => {
  const mei = await agent('Mei', 2)
  const { page } = mei
  const hello = { type: 'hello', protocol: 1 }
  for (const [name, text] of [
    ['\u{200b}\u{3164}', 'I am nobody'],
    [TURNED, 'I am somebody'],
  ]) {
    const socket = await connect(hello)
    socket.send({ type: 'contact', name, contact: '' })
    socket.send({ type: 'send', id: crypto.randomUUID(), text })
    await socket.next('ack')
  }
  const [nobody, somebody] = [mei.mine.filter({ hasText: 'I am nobody' }), mei.mine.filter({ hasText: 'I am somebody' })]
  await expect(nobody).toContainText(/Guest [0-9A-Z]{4}/)
  await expect(somebody).toContainText('photogpj.exe')
  await mei.open('I am somebody')
  await expect(page.getByRole('heading', { name: 'photogpj.exe' })).toBeVisible()
  await mei.close()
  await expect(page.getByRole('status').getByText('photogpj.exe')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Next: Guest [0-9A-Z]{4}/ })).toBeVisible()
  expect(await page.evaluate(() => document.body.innerText.includes('\u{202e}'))).toBe(false)
})
