// What one sees before any face: the front page, the log-in.

import type { Page } from '@playwright/test'
import type { Screen, Stage } from './stage.ts'

async function login(stage: Stage, face: '/desk' | '/admin'): Promise<Page> {
  const page = await stage.open('fresh', face)
  await page.getByLabel(stage.words.login.login).waitFor()
  return page
}

export const PAGES: Screen[] = [
  { name: 'front-page', show: (stage) => stage.open('fresh', '/') },
  { name: 'login-desk', show: (stage) => login(stage, '/desk') },
  { name: 'login-console', show: (stage) => login(stage, '/admin') },
  {
    name: 'login-wrong',
    show: async (stage) => {
      const page = await login(stage, '/desk')
      await page.getByLabel(stage.words.login.login).fill('mei')
      await page.getByLabel(stage.words.login.password, { exact: true }).fill('not this one')
      const wrong = { code: 'unauthorized', message: 'login and password do not fit' }
      // Answered here, since too many wrong ones in a row are answered otherwise.
      await page.route('**/session/login', (route) => route.fulfill({ status: 401, json: wrong, headers: { serverfnerror: 'x' } }))
      await page.getByRole('button', { name: stage.words.login.verb }).click()
      await page.getByText(stage.words.login.wrong).waitFor()
      return page
    },
  },
  {
    name: 'login-incomplete',
    show: async (stage) => {
      const page = await login(stage, '/admin')
      await page.getByRole('button', { name: stage.words.login.verb }).click()
      await page.getByText(stage.words.field.required).first().waitFor()
      return page
    },
  },
  {
    name: 'no-server',
    show: async (stage) => {
      const page = await stage.page('fresh', 'admin')
      await page.route('**/api/v1/**', (route) => route.abort())
      await page.goto('/desk')
      await page.getByRole('button', { name: stage.words.common.retry }).waitFor()
      return page
    },
  },
]
