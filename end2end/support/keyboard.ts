// A person without a mouse: goes from one thing to the next by Tab, and sees where they are.

import { expect, type Locator, type Page } from '@playwright/test'

/** More stops than there are on any page. */
const STOPS_MAX = 120

export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on until it is there. */
  async to(target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
    for (let stop = 0; stop < STOPS_MAX; stop += 1) {
      if ((await target.count()) > 0 && (await hasFocus(target.first()))) {
        await expect.poll(() => looksFocused(target.first()), 'one sees where one is').toBe(true)
        return
      }
      await this.page.keyboard.press(key)
    }
    throw new Error(`${String(target)} is not reached by ${key}`)
  }

  /** Goes there and presses it. */
  async press(target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
    await this.to(target, key)
    await this.page.keyboard.press('Enter')
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key)
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)
}

/** Whether it, or what it lies in, is drawn otherwise than without the focus. */
function looksFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const drawn = (part: Element | null) => {
      if (!part) return ''
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(part)
      return [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, borderColor, backgroundColor].join()
    }
    const parts = [element, element.parentElement, element.parentElement?.parentElement ?? null]
    const focused = parts.map(drawn)
    ;(element as HTMLElement).blur()
    const blurred = parts.map(drawn)
    ;(element as HTMLElement).focus({ focusVisible: true } as FocusOptions)
    return focused.some((look, index) => look !== blurred[index])
  })
}
