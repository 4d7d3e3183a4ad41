// What is wrong with the connection, in a sentence, and where on the panel it is said.

import { hasTexts, type State } from '../state';
import { endedKind, type Texts } from '../texts/texts';

export interface Trouble {
  text: string;
  /** Whether trying again may help. */
  mendable: boolean;
}

/** `null` while all is well. */
export function troubleOf(texts: Texts, { cutOff, link, pending }: State): Trouble | null {
  if (link.state === 'ended') {
    const kind = endedKind(link.why);
    return { text: texts.ended[kind], mendable: kind === 'expired' || kind === 'broken' };
  }
  if (cutOff) return { text: texts.cutOff + texts.gap + texts.cutOffKept, mendable: true };
  if (link.state !== 'lost') return null;
  const busy = link.why === 'flood' || link.why === 'too_many_guests';
  return { text: busy ? texts.busy : pending.length > 0 ? texts.lostKept : texts.lost, mendable: true };
}

/** There is nothing else to look at, so that it is said in the middle. */
export function isAllThereIs(state: State): boolean {
  return !hasTexts(state) && state.conversation === null;
}
