// Writing with an input method: what stands in the box is being composed, and keys choose from what the method offers.

import type { CDPSession, Page } from '@playwright/test'

/** What browsers say of a key that the input method has taken for itself. */
const KEY_OF_INPUT_METHOD = 229

export class InputMethod {
  private constructor(private readonly devtools: CDPSession) {}

  static async on(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page))
  }

  /** These letters stand in the box, underlined. */
  async compose(text: string): Promise<void> {
    await this.devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }

  /** A key for the input method, not for the page. */
  async key(key: string): Promise<void> {
    for (const type of ['rawKeyDown', 'keyUp'] as const) {
      await this.devtools.send('Input.dispatchKeyEvent', { type, key, windowsVirtualKeyCode: KEY_OF_INPUT_METHOD })
    }
  }

  /** The words are chosen. */
  async commit(text: string): Promise<void> {
    await this.devtools.send('Input.insertText', { text })
  }
}
