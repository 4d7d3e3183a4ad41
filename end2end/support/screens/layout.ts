// What is wrong with the way a page is laid out: found in the page, said in words.

import type { Page } from '@playwright/test'

/** Everything that sticks out, is cut off or scrolls sideways; empty if all is well. */
export async function layoutProblems(page: Page): Promise<string[]> {
  // What follows a change of width is drawn in the next frames.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  return page.evaluate(inspect)
}

/** Runs in the page. */
function inspect(): string[] {
  const SLACK_PX = 1
  const PRESSED = 'button, [role=button], [role=menuitem], [role=menuitemradio], [role=tab], summary'
  const OPERATED = 'a[href], button, input, select, textarea, [tabindex="0"]'
  const problems: string[] = []

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (wide > 0) problems.push(`the page is ${wide} px wider than the window`)

  for (const element of everything(document)) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const style = getComputedStyle(element)
    const over = element.scrollWidth - element.clientWidth
    // Text that is code may scroll: breaking it would change it.
    if (over > SLACK_PX && /auto|scroll/.test(style.overflowX) && !element.matches('pre, textarea, input')) {
      problems.push(`scrolls sideways by ${over} px: ${name(element)}`)
    }
    if (over > SLACK_PX && element.matches('td, th') && style.overflowX === 'visible' && !unseen(element)) {
      problems.push(`lies over the next cell by ${over} px: ${name(element)}`)
    }
    if (element.matches(PRESSED) && !unseen(element)) problems.push(...cut(element))
    if (element.matches(OPERATED) && !unseen(element)) {
      const { left, right, width, height } = element.getBoundingClientRect()
      if (width > 1 && height > 1 && (left < -SLACK_PX || right > innerWidth + SLACK_PX)) problems.push(`sticks out of the window: ${name(element)}`)
    }
  }
  return problems

  function* everything(root: Document | ShadowRoot): Generator<Element> {
    for (const element of root.querySelectorAll('*')) {
      yield element
      if (element.shadowRoot) yield* everything(element.shadowRoot)
    }
  }

  /** There for screen readers, or until it has the focus. */
  function unseen(element: Element | null): boolean {
    if (!element || element === document.body) return false
    const { width, height, bottom } = element.getBoundingClientRect()
    const { clipPath, overflow } = getComputedStyle(element)
    if (bottom < 0 || clipPath !== 'none' || (overflow !== 'visible' && (width <= 1 || height <= 1))) return true
    return unseen(element.parentElement)
  }

  /** Whether a part of the words on it cannot be read. */
  function cut(element: HTMLElement): string[] {
    const parts = [element, ...element.querySelectorAll<HTMLElement>('*')].filter(
      (part) => part.textContent?.trim() && !unseen(part) && getComputedStyle(part).overflow !== 'visible',
    )
    return parts
      .filter((part) => part.scrollWidth > part.clientWidth + SLACK_PX || part.scrollHeight > part.clientHeight + SLACK_PX + 1)
      .map((part) => `cut off: ${name(element)} (${part.scrollWidth}×${part.scrollHeight} in ${part.clientWidth}×${part.clientHeight})`)
  }

  function name(element: HTMLElement): string {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)
    return `<${element.localName} class="${element.className}"> ${words}`
  }
}
