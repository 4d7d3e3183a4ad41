// Names among words of ours. Whoever chose them may have chosen characters of which nothing is seen, or which turn the
// direction of what comes after them (the server's rule is app/domain/src/name.rs).

import type { Texts } from '../texts';

/** Nothing of it is seen: spaces, fillers, and marks that belong on something. */
const BLANK = /^[\s\p{Cc}\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]*$/u;

const TURNING = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export function isBlank(name: string): boolean {
  return BLANK.test(name);
}

/** In a sentence: turns nothing around it, and nothing around turns it. */
export function isolated(words: string): string {
  const plain = words.replace(TURNING, '');
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** Who it is that speaks for the site. */
export function agentName(texts: Texts, name: string): string {
  return isBlank(name) ? texts.title : isolated(name);
}
