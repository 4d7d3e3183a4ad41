// Every screen there is, by name, in every state that it has: for the gallery (`make gallery`) and for the proofs that hold
// on all of them. A new state of the product gets an entry here.

import { CONSOLE } from './console.ts'
import { DESK } from './desk.ts'
import { PAGES } from './pages.ts'
import type { Screen } from './stage.ts'
import { WIDGET } from './widget.ts'

export { type Screen, type Theme, THEMES, type Width } from './stage.ts'

export const SCREENS: readonly Screen[] = [...PAGES, ...DESK, ...CONSOLE, ...WIDGET]
export const WIDTHS = [1440, 1024, 390] as const
