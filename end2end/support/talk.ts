// What guest and agent have in common: each sees the texts of a conversation.

import { expect as base } from '@playwright/test'

/** Longest pause between two attempts to connect, and some time for the attempt itself. */
export const RESUMED_MS_MAX = 40_000

export interface Talk {
  /** The texts of guest and agent on screen, exactly, from top to bottom. */
  texts(): Promise<string[]>
  /** Waits until the page is connected again, by itself. */
  resumed(): Promise<void>
}

export const expect = base.extend({
  /** Waits until exactly these texts are shown, in this order, each once. */
  async toShow(talk: Talk, texts: string[]) {
    const name = 'toShow'
    try {
      await base.poll(() => talk.texts()).toEqual(texts)
      return { name, pass: true, message: () => 'the texts are shown' }
    } catch (error) {
      return { name, pass: false, message: () => String(error instanceof Error ? error.message : error) }
    }
  },
})
