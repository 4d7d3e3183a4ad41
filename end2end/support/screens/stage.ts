// Where a screen is brought up: a browser of that width and language, at one of the worlds.

import type { Browser, BrowserContext, Page } from '@playwright/test'
import { LOCALES, type Language, TEXTS, WORDS } from '../words.ts'
import { Aged } from './aged.ts'
import { World, type WorldName } from './worlds.ts'

export type Width = 390 | 1024 | 1440
export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const HEIGHTS: Record<Width, number> = { 390: 844, 1024: 768, 1440: 900 }

export interface Screen {
  /** `desk-many`. */
  name: string
  /** Brings it up and says which page it is on. */
  show: (stage: Stage) => Promise<Page>
  /** Where there is such a screen; everywhere unless said otherwise. */
  widths?: readonly Width[]
}

/** Worlds by name, made when the first screen asks. */
export class Worlds {
  readonly #made = new Map<WorldName, Promise<World>>()

  get(name: WorldName): Promise<World> {
    const made = this.#made.get(name) ?? World.make(name)
    this.#made.set(name, made)
    return made
  }

  async remove(): Promise<void> {
    for (const made of await Promise.allSettled(this.#made.values())) {
      if (made.status === 'fulfilled') await made.value.remove()
    }
  }
}

export class Stage {
  /** The words of desk and console. */
  readonly words: (typeof WORDS)[Language]
  /** The words of the widget. */
  readonly texts: (typeof TEXTS)[Language]
  readonly #contexts: BrowserContext[] = []

  constructor(
    private readonly browser: Browser,
    private readonly worlds: Worlds,
    readonly language: Language,
    readonly width: Width,
  ) {
    this.words = WORDS[language]
    this.texts = TEXTS[language]
  }

  /** Whether the screen is a phone's. */
  get phone(): boolean {
    return this.width === 390
  }

  world(name: WorldName): Promise<World> {
    return this.worlds.get(name)
  }

  /** A new page at a world that has been busy all day; signed in, if a login is said. */
  async page(name: WorldName, login?: string): Promise<Page> {
    const world = await this.world(name)
    const context = await this.browser.newContext({
      baseURL: world.seatline.origin,
      viewport: { width: this.width, height: HEIGHTS[this.width] },
      isMobile: this.phone,
      hasTouch: this.phone,
      locale: LOCALES[this.language],
      reducedMotion: 'reduce',
      colorScheme: 'light',
    })
    this.#contexts.push(context)
    if (login) await context.addCookies(cookies(await world.session(login), world.seatline.origin))
    const page = await context.newPage()
    await new Aged().before(page)
    return page
  }

  /** The same, at an address. */
  async open(name: WorldName, address: string, login?: string): Promise<Page> {
    const page = await this.page(name, login)
    await page.goto(address)
    return page
  }

  async close(): Promise<void> {
    // An answer that is still on its way when its page goes is nobody's fault.
    const pages = this.#contexts.flatMap((context) => context.pages())
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
    await Promise.all(this.#contexts.map((context) => context.close()))
  }
}

function cookies(header: string, url: string): { name: string; value: string; url: string }[] {
  return header.split('; ').map((cookie) => {
    const [name = '', ...value] = cookie.split('=')
    return { name, value: value.join('='), url }
  })
}
