// What a server says on its sockets, changed on the way: for servers of another version or another time than ours.

import type { Page } from '@playwright/test'
import type { Frame } from './socket.ts'

/** Every frame goes through `change`, which may say several things in its place. To be called before the page goes anywhere. */
export async function changeFrames(page: Page, change: (frame: Frame) => Frame[]): Promise<void> {
  await page.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((data) => {
      for (const frame of change(JSON.parse(data.toString()) as Frame)) socket.send(JSON.stringify(frame))
    })
  })
}
