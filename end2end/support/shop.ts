// A customer's web site: a page of another origin with the script in it.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Shop {
  origin: string
  close(): Promise<void>
}

export interface ShopPage {
  /** The script tag. */
  tag: string
  headers?: Record<string, string>
  /** Markup for the head. */
  head?: string
  /** Markup before the script tag. */
  body?: string
  /** Scripts of the shop's own, by their path. */
  scripts?: Record<string, string>
}

/** Serves its scripts, and one page at every other address. */
export async function openShop({ tag, headers = {}, head = '', body = '', scripts = {} }: ShopPage): Promise<Shop> {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>${head}<body><h1>Shop</h1>${body}${tag}</body></html>`
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? '']
    response.setHeader('content-type', `text/${script === undefined ? 'html' : 'javascript'}; charset=utf-8`)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.end(script ?? page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
