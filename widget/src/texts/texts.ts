// Every text there is. A language that lacks one does not compile.

import type { ClosedBy, MissedReason, RejectCode, WaitReason } from '../protocol';
import type { Link } from '../socket';

export interface Texts {
  /** Between two sentences. */
  gap: string;
  title: string;
  hello: string;
  question: string;
  /** So many messages are unread, or even more. */
  openChat: (unread: number, more?: boolean) => string;
  closeChat: string;
  talk: string;
  latest: string;
  earlier: string;
  earlierAsked: string;
  earlierFailed: string;

  connecting: string;
  lost: string;
  /** As `lost`, when something written waits to be sent. */
  lostKept: string;
  /** No WebSocket gets through, but HTTP does. */
  cutOff: string;
  cutOffKept: string;
  /** The server has had too much of us, or of our address. */
  busy: string;
  ended: Record<EndedKind, string>;
  tryNow: string;

  inLine: string;
  ahead: (people: number) => string;
  /** As `ahead`, where the number is a round one. */
  aheadAbout: (people: number) => string;
  /** Between `ahead` and `about`. */
  comma: string;
  /** `null` means more than an hour. */
  about: (minutes: number | null) => string;
  /** Why a seat was lost; nothing for who has just arrived. */
  waitReason: Record<WaitReason, string>;
  first: string;
  soon: string;
  nobody: string;
  kept: string;

  away: string;
  agentAway: (agent: string) => string;
  typing: string;

  missed: string;
  missedAsk: string;
  missedReason: Record<MissedReason, string>;
  /** For a reason that we have no words for. */
  missedOther: string;
  back: (when: string) => string;
  chatNow: string;
  onDutyNow: string;
  formMessage: string;
  formContact: string;
  formContactHint: string;
  formName: string;
  formSend: string;
  needed: string;
  badContact: string;
  left: string;
  leftTitle: string;
  leftAsk: string;
  leftReach: (contact: string) => string;
  leftAdd: string;
  change: string;

  over: string;
  closedBy: Record<ClosedBy, string>;
  startNew: string;
  leave: string;
  leaveLine: string;
  leaveAsk: string;
  leaveLineAsk: string;
  leaveNo: string;

  seated: (agent: string) => string;

  message: string;
  placeholder: string;
  send: string;
  /** So many characters more than fit, or that still fit. */
  tooLong: (characters: string) => string;
  stillFit: (characters: string) => string;

  mark: Record<'sending' | 'sent' | 'delivered' | 'seen', string>;
  failed: (code: RejectCode) => string;
  retry: string;
  discard: string;
  /** Said before a message by a screen reader. */
  from: (name: string) => string;
  you: string;
  /** Instead of a message of a kind that this version does not know. */
  unreadable: string;

  today: string;
  yesterday: string;
}

export type EndedKind = 'refused' | 'expired' | 'outdated' | 'broken';

/** Which sentence a final close gets. */
export function endedKind(why: Extract<Link, { state: 'ended' }>['why']): EndedKind {
  switch (why) {
    case 'blocked':
    case 'forbidden':
      return 'refused';
    case 'unauthorized':
      return 'expired';
    case 'unsupported_protocol':
      return 'outdated';
    default:
      return 'broken';
  }
}
