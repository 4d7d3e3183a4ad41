// Every text there is. A language that lacks one does not compile.

import type { ClosedBy, CloseName, MissedReason, RejectCode, WaitReason } from '../protocol';

export interface Texts {
  /** Between two sentences. */
  gap: string;
  title: string;
  greeting: string;
  openChat: (unread: number) => string;
  closeChat: string;
  talk: string;
  latest: string;

  connecting: string;
  lost: string;
  /** As `lost`, when something written waits to be sent. */
  lostKept: string;
  ended: Record<'refused' | 'outdated' | 'broken', string>;
  tryAgain: string;

  inLine: string;
  ahead: (people: number) => string;
  /** Appended to `ahead`; `null` minutes means more than an hour. */
  about: (minutes: number | null) => string;
  waitReason: Record<WaitReason, string>;
  unstaffed: string;
  writeAlready: string;

  agentAway: string;
  typing: string;

  missed: string;
  missedReason: Record<MissedReason, string>;
  back: (when: string) => string;
  chatNow: string;
  onDutyNow: string;
  formMessage: string;
  formContact: string;
  formContactHint: string;
  formName: string;
  formSend: string;
  formKept: string;
  formSave: string;
  formDone: string;

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
  tooLong: (count: string, max: string) => string;
  full: string;

  mark: Record<'sending' | 'sent' | 'delivered' | 'seen', string>;
  failed: (code: RejectCode) => string;
  retry: string;
  discard: string;
  /** Said before a message by a screen reader. */
  from: (name: string) => string;
  you: string;

  today: string;
  yesterday: string;
}

/** Which sentence a final close gets. */
export function endedKind(why: CloseName): keyof Texts['ended'] {
  if (why === 'unauthorized' || why === 'forbidden') return 'refused';
  return why === 'unsupported_protocol' ? 'outdated' : 'broken';
}
