// What a screen reader is told of by itself, each thing once: the agent's messages, and where the visitor stands. It is
// heard with the panel closed as well; the list of messages itself keeps silent.

import { isTheirs, latest, speakerOf, textOf, type State } from '../state';
import type { Texts } from '../texts';
import { h } from './dom';
import { detailText } from './line';
import { agentName } from './names';

/** Further down the line not every step is worth a word. */
const STEPS_TOLD = 5;

export class Announcer {
  readonly element = h('div', { class: 'unseen', 'aria-live': 'polite' });
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  update(state: State, before: State): void {
    const said = news(this.#texts, before, state).map((text) => h('p', {}, text));
    if (said.length > 0) this.element.replaceChildren(...said);
  }
}

/** What is new, in sentences. */
export function news(texts: Texts, before: State, now: State): string[] {
  const known = standing(texts, before);
  const list = standing(texts, now).filter((text) => !known.includes(text));
  const heard = Math.max(before.talk === now.talk ? before.have : 0, now.conversation?.guest_read ?? 0);
  for (const message of latest(now.messages, heard)) {
    if (before.messages.includes(message)) continue;
    const { body } = message;
    if (isTheirs(message)) {
      list.push(texts.from(agentName(texts, speakerOf(message) ?? '')) + (textOf(message) ?? texts.unreadable));
    }
    // Who sits there now is said already, but not why.
    if (body.kind === 'notice' && body.notice === 'seated' && body.after) list.unshift(texts.waitReason[body.after] ?? '');
  }
  for (const { id, failed } of now.pending) {
    if (failed && !before.pending.some((item) => item.id === id && item.failed)) list.push(texts.failed(failed));
  }
  return list;
}

function standing(texts: Texts, { conversation }: State): string[] {
  const place = conversation?.place;
  switch (place?.state) {
    case 'seated':
      return [(place.agent_here ? texts.seated : texts.agentAway)(agentName(texts, place.agent))];
    case 'waiting':
      return [place.ahead < STEPS_TOLD ? texts.ahead(place.ahead) : texts.inLine, detailText(texts, place, true)];
    case 'missed':
      return [texts.missedReason[place.reason] ?? texts.missedOther];
    case 'closed':
      return [texts.closedBy[place.by] ?? texts.over];
    default:
      return [];
  }
}
