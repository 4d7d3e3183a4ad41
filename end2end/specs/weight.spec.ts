import { request } from 'node:http'
import { expect, test } from '../support/test.ts'

// Both are below 350 KiB; what is to come may bring them to 600.
const FIRST_LOAD_BYTES_MAX = 400 * 1024
const WIDGET_BYTES_MAX = 26_000

for (const address of ['/desk', '/admin']) {
  test(`the first load of ${address} is light`, async ({ newPage }) => {
    const page = await newPage()
    const devtools = await page.context().newCDPSession(page)
    const loaded: { url: string; bytes: number }[] = []
    const urls = new Map<string, string>()
    devtools.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url))
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      loaded.push({ url: urls.get(requestId) ?? '', bytes: encodedDataLength }),
    )
    await devtools.send('Network.enable')
    await page.goto(address)
    await expect(page.getByLabel('Login')).toBeVisible()

    const bytes = loaded.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(loaded.some(({ url }) => url.endsWith('.wasm'))).toBe(true)
    expect(bytes, JSON.stringify(loaded, null, 1)).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX)
    console.log(`${address}: ${bytes} bytes over the wire`)
  })
}

test('the script of the chat is light', async ({ seatline }) => {
  const bytes = await new Promise<number>((counted, failed) => {
    const headers = { 'accept-encoding': 'gzip' }
    const asked = request(`${seatline.origin}/widget.js`, { headers }, (response) => {
      let sum = 0
      if (response.headers['content-encoding'] !== 'gzip') failed(new Error('it is not compressed'))
      response.on('data', (part: Buffer) => (sum += part.length))
      response.on('end', () => counted(sum))
    })
    asked.on('error', failed)
    asked.end()
  })
  expect(bytes).toBeLessThanOrEqual(WIDGET_BYTES_MAX)
  console.log(`/widget.js: ${bytes} bytes over the wire`)
})
