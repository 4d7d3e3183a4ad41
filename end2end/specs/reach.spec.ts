// What stands between a browser and the server, done wrong: whoever is there reads what is wrong, and whoever runs the
// server finds it in the log.

import type { Page } from '@playwright/test'
import { logIn } from '../support/login.ts'
import { type Fault, Middleman } from '../support/middleman.ts'
import type { Seatline } from '../support/seatline.ts'
import { expect, test as base } from '../support/test.ts'

/** By then it must be said what is wrong. */
const SAID = { timeout: 15_000 }

const test = base.extend<{
  /** A page of a browser that comes through such a proxy. */
  through: (fault: Fault | null) => Promise<Page>
}>({
  through: async ({ seatline, newPage }, use) => {
    const middlemen: Middleman[] = []
    await use(async (fault) => {
      const middleman = await Middleman.before(seatline.origin, fault)
      middlemen.push(middleman)
      return newPage({ baseURL: middleman.origin })
    })
    await Promise.all(middlemen.map((middleman) => middleman.remove()))
  },
})

/** The one line that the log has of that cause. */
function logged(seatline: Seatline, cause: string): string {
  const lines = seatline.log.filter((line) => line.includes(`"cause":"${cause}"`))
  expect(lines, cause).toHaveLength(1)
  return lines[0] ?? ''
}

for (const [face, language, said] of [
  ['/desk', 'en-GB', 'does not take http://desk.test:'],
  ['/admin', 'zh-CN', '服务器不认为 http://desk.test:'],
] as const) {
  test(`a proxy that changes Host is named at the log-in of ${face}, and in the log`, async ({ seatline, newPage }) => {
    const middleman = await Middleman.before(seatline.origin, 'host')
    const page = await newPage({ baseURL: middleman.origin, locale: language })
    await page.goto(face)
    await page.locator('input[name=login]').fill(seatline.administrator.login)
    await page.locator('input[name=password]').fill(seatline.administrator.password)
    for (let attempt = 0; attempt < 3; attempt++) {
      await page.locator('form button[type=submit]').click()
      await expect(page.getByRole('alert')).toContainText(said, SAID)
    }
    const line = logged(seatline, 'wrong_origin')
    expect(line).toContain(`public_url = \\"${middleman.origin}\\"`)
    expect(line).toContain(`Host: ${new URL(seatline.origin).host}`)
    await middleman.remove()
  })
}

for (const fault of ['upgrade', 'frames'] as const) {
  test(`a proxy that lets no ${fault === 'upgrade' ? 'WebSocket' : 'frame'} through is named at desk and live page`, async ({
    seatline,
    through,
  }) => {
    const page = await through(fault)
    await page.goto('/desk')
    await logIn(page, seatline.administrator)
    await expect(page.getByText('no live connection gets through')).toBeVisible(SAID)
    await page.goto('/admin/live')
    await expect(page.getByText('no live connection gets through')).toBeVisible(SAID)
    if (fault === 'upgrade') expect(logged(seatline, 'upgrade_missing')).toContain('proxy_set_header Upgrade $http_upgrade')
  })
}

test('cookies that do not come back are named at the log-in', async ({ seatline, through }) => {
  const page = await through('cookies')
  await page.goto('/desk')
  await logIn(page, seatline.administrator)
  await expect(page.getByRole('alert')).toContainText('your browser did not keep you logged in', SAID)
})

test('an answer that is not ours is named as such', async ({ seatline, through }) => {
  const page = await through('page')
  await page.goto('/desk')
  await logIn(page, seatline.administrator)
  await expect(page.getByRole('alert')).toContainText('did not come from the server', SAID)
})

test('a path before everything is named where nothing can load', async ({ through }) => {
  const page = await through('path')
  await page.goto('/chat/desk')
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('needs a host name of its own', SAID)
})

test.describe('with a public address that is encrypted', () => {
  test.use({ settings: { SEATLINE_PUBLIC_URL: 'https://chat.test' } })

  test('whoever comes without encryption is led to where it works', async ({ seatline, through }) => {
    const page = await through(null)
    await page.goto('/desk')
    await logIn(page, seatline.administrator)
    await expect(page.getByRole('alert')).toContainText('This page is not encrypted', SAID)
    await expect(page.getByRole('link', { name: 'Open https://chat.test' })).toHaveAttribute('href', 'https://chat.test/desk')
    expect(logged(seatline, 'insecure_cookie')).toContain('public_url is https://chat.test')
  })

  test('on the computer of the server itself one can log in all the same', async ({ seatline, newPage }) => {
    const page = await newPage()
    await page.goto('/desk')
    await logIn(page, seatline.administrator)
    await expect(page.getByRole('button', { name: /^Duty/ })).toBeVisible()
  })
})

test('one line says that trusted_proxies is forgotten, and nobody is locked out by another', async ({ seatline, api }) => {
  const mei = await api.newAgent({ login: 'mei', name: 'Mei', seats: 1 })
  const call = async (login: string, password: string) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' }
    const body = JSON.stringify({ login, password })
    const answer = await fetch(`${seatline.origin}/api/v1/session/login`, { method: 'POST', headers, body })
    return { status: answer.status, wait: Number(answer.headers.get('retry-after')) }
  }
  for (let attempt = 0; attempt < 25; attempt++) await call(`somebody${attempt}`, 'a wrong one')
  // Who has not been here before waits for seconds; who has does not wait.
  const { status, wait } = await call(mei.login, mei.password)
  expect(status === 200 || (status === 429 && wait <= 5), `${status}, ${wait} s`).toBe(true)
  expect(logged(seatline, 'untrusted_proxy')).toContain('trusted_proxies = [\\"127.0.0.1\\"]')
})
