// What the list of messages shows, worked out from the state: days, notices, and texts in groups. Pure.

import type { Notice, Seq } from '../protocol';
import { hasTexts, markOf, speakerOf, textOf, type Mark, type State } from '../state';
import type { Pending } from '../store';
import { daysBetween } from './times';

export type Entry =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'notice'; key: string; at: number; notice: Notice }
  | TextEntry;

export interface TextEntry {
  kind: 'text';
  /** Stays the same when a pending message becomes a stored one. */
  key: string;
  at: number;
  /** `null` for what this version cannot show. */
  text: string | null;
  /** The agent's name; `null` for the visitor. */
  agent: string | null;
  /** Somebody else spoke before: the name is worth showing. */
  named: boolean;
  /** First and last of a run by the same person. */
  first: boolean;
  last: boolean;
  mark: Mark | 'sending' | null;
  failed: Pending['failed'] | null;
}

/** Messages by the same person within this time stand together. */
const GROUP_MS_MAX = 5 * 60_000;

/** Of the messages from place `begin` on to before `end`; where that is not the last, nothing unsent follows. */
export function entries(state: State, now: number, begin = 0, end = state.messages.length): Entry[] {
  const list: Entry[] = [];
  const latest = latestNotice(state);
  let agent: string | null = null;
  const add = (entry: Entry): void => {
    const before = list[list.length - 1];
    // That a conversation began today goes without saying.
    if (daysBetween(before?.at ?? now, entry.at) !== 0) {
      list.push({ kind: 'day', key: `day ${new Date(entry.at).toDateString()}`, at: entry.at });
    }
    const above = list[list.length - 1];
    if (entry.kind === 'text' && above?.kind === 'text' && together(above, entry)) {
      above.last = false;
      entry.first = false;
    }
    list.push(entry);
  };
  for (const message of state.messages.slice(begin, end)) {
    const { at, seq, body } = message;
    const key = message.id ?? `${message.conversation} ${seq}`;
    if (body.kind === 'notice') {
      const { kind: _, ...notice } = body;
      if (seq !== latest || !saidElsewhere(state, notice)) add({ kind: 'notice', key, at, notice });
    } else {
      const name = speakerOf(message);
      const mark = name === null ? markOf(state.conversation, seq) : null;
      const named = name !== null && name !== agent;
      agent = name ?? agent;
      add({ kind: 'text', key, at, text: textOf(message), agent: name, named, first: true, last: true, mark, failed: null });
    }
  }
  for (const { id, at, text, failed = null } of end < state.messages.length ? [] : state.pending) {
    const mark = failed ? null : 'sending';
    add({ kind: 'text', key: id, at, text, agent: null, named: false, first: true, last: true, mark, failed });
  }
  return list;
}

function together(above: TextEntry, entry: TextEntry): boolean {
  return above.agent === entry.agent && !above.failed && entry.at - above.at < GROUP_MS_MAX;
}

function latestNotice({ messages }: State): Seq {
  let at = messages.length - 1;
  while (messages[at] && messages[at]?.body.kind !== 'notice') at--;
  return messages[at]?.seq ?? 0;
}

/** As long as the latest lasts, waiting has a place of its own on the panel, and so has every other, until something is said. */
function saidElsewhere(state: State, notice: Notice): boolean {
  const place = state.conversation?.place.state;
  return notice.notice === place && (place === 'waiting' || !hasTexts(state)) && place !== 'closed';
}
