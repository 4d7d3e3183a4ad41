// Generated from app/protocol and app/domain; do not edit. Write it anew with
//   UPDATE=1 cargo test -p protocol --features typescript

/**
 * Who says something in a conversation.
 */
export type Author = { "role": "guest" }
  | { "role": "agent", id: MemberId, name: string, }
  | { "role": "system" };

/**
 * What a message says.
 */
export type Body = { "kind": "text", text: string, }
  | { "kind": "notice" } & Notice;

/**
 * The id a client gives each message it sends; sending it twice stores one message.
 */
export type ClientMessageId = string;

/**
 * Who ended a conversation.
 */
export type ClosedBy = "agent"
  | "guest"
  | "guest_left"
  | "nothing_said";

/**
 * One guest's talk from arrival to close (UUID version 7).
 */
export type ConversationId = string;

/**
 * What the visitor's browser tells of itself.
 */
export type Environment = {
  /**
   * BCP 47, such as `zh-CN`; at most 35 characters.
   */
  language: string,
  /**
   * IANA name, such as `Asia/Shanghai`; at most 64 characters.
   */
  time_zone: string,
  /**
   * CSS pixels, 0 if unknown.
   */
  screen_width: number, screen_height: number, };

/**
 * A guest's conversation, as the guest sees it.
 */
export type GuestConversation = { id: ConversationId, place: GuestPlace,
  /**
   * The last message there is.
   */
  last_seq: Seq,
  /**
   * How far the guest has read, and the agent.
   */
  guest_read: Seq, agent_read: Seq, agent_delivered: Seq,
  /**
   * The guest has left a way to reach them.
   */
  contact_left: boolean, };

/**
 * What the server sends to a guest's page.
 */
export type GuestEvent = { "type": "welcome", protocol: number, guest: GuestId,
  /**
   * Keep it and show it in the next `hello`; it replaces the one before.
   */
  token: string, heartbeat_ms: number,
  /**
   * The server's clock: every other time is by it.
   */
  now?: Timestamp, conversation: GuestConversation | null,
  /**
   * The messages of `conversation` after this `seq` follow. If that is more than the `last_seq` of `resume`, what the
   * page has and what follows do not join: what lies between is to be had with `earlier`.
   */
  after: Seq,
  /**
   * Whether somebody is on duty for this guest right now.
   */
  on_duty: boolean, }
  | { "type": "duty", on_duty: boolean, }
  | { "type": "conversation" } & GuestConversation
  | { "type": "message" } & Message
  | { "type": "earlier", conversation: ConversationId, before: Seq, messages: Array<Message>,
  /**
   * There are messages before these.
   */
  more: boolean, }
  | { "type": "ack", id: ClientMessageId, conversation: ConversationId, seq: Seq, at: Timestamp, }
  | { "type": "typing", active: boolean, }
  | { "type": "read", conversation: ConversationId, seq: Seq, }
  | { "type": "delivered", conversation: ConversationId, seq: Seq, }
  | { "type": "rejected" } & Rejected
  | { "type": "pong",
  /**
   * The server's clock.
   */
  now?: Timestamp, };

/**
 * What a guest's page sends.
 */
export type GuestFrame = { "type": "hello" } & GuestHello
  | { "type": "start" }
  | { "type": "send", id: ClientMessageId, text: string, }
  | { "type": "typing", text: string, }
  | { "type": "read", seq: Seq, }
  | { "type": "delivered", seq: Seq, }
  | { "type": "earlier", conversation: ConversationId, before: Seq, }
  | { "type": "page" } & PageView
  | { "type": "contact", name: string, contact: string, }
  | { "type": "leave" }
  | { "type": "ping" };

/**
 * A guest introduces itself.
 */
export type GuestHello = {
  /**
   * [`crate::PROTOCOL`].
   */
  protocol: number,
  /**
   * The token of the last `welcome`; a guest without a good one is a new guest.
   */
  token?: string,
  /**
   * The conversation the page knows, and the last `seq` it has of it. If no more than [`crate::limits::RESUME_MAX`]
   * messages follow that one, they are sent; else only the last [`crate::limits::HISTORY_PAGE`] of the conversation are.
   */
  resume?: Resume, page: PageView, environment: Environment, };

/**
 * A visitor of a customer's web site (UUID version 7).
 */
export type GuestId = string;

/**
 * Where the guest is, with what they may know of it.
 */
export type GuestPlace = { "state": "waiting", reason: WaitReason,
  /**
   * People really ahead in the line; 0 means "you are next".
   */
  ahead: number,
  /**
   * Roughly how long it will take, in seconds; `null` where there is no honest basis for a number.
   */
  estimate_s: number | null,
  /**
   * False once the last agent went off duty: the place is kept for a grace period only.
   */
  staffed: boolean,
  /**
   * False while nobody on duty takes guests, since all have lost the connection or let a guest wait in vain: a seat
   * may be free, but nobody is there to give it.
   */
  agents_here: boolean, }
  | { "state": "seated",
  /**
   * The agent's name.
   */
  agent: string,
  /**
   * False while the agent's connection is lost and the seat is held for them.
   */
  agent_here: boolean, }
  | { "state": "missed", reason: MissedReason,
  /**
   * When service resumes, if business hours say so.
   */
  resumes_at: Timestamp | null, }
  | { "state": "closed", by: ClosedBy, };

/**
 * A person with an account here.
 */
export type MemberId = number;

/**
 * One stored entry of a conversation.
 */
export type Message = { conversation: ConversationId, seq: Seq,
  /**
   * The id its sender's client gave it; `null` for a notice.
   */
  id: ClientMessageId | null, from: Author, body: Body,
  /**
   * When the server took it.
   */
  at: Timestamp, };

/**
 * Why a conversation is in the missed queue.
 */
export type MissedReason = "nobody_on_duty"
  | "everyone_left"
  | "line_full"
  | "waited_too_long"
  | "guest_left"
  | "not_connected";

/**
 * A line that Seatline itself writes into a conversation. Clients put it into words in the reader's language.
 */
export type Notice = { "notice": "seated", agent: string, after?: WaitReason, }
  | { "notice": "waiting", reason: WaitReason, }
  | { "notice": "missed", reason: MissedReason, }
  | { "notice": "closed", by: ClosedBy, };

/**
 * The page a guest is on. Longer values are cut by the server: `url` and `referrer` at 2,048 characters, `title` at
 * 256.
 */
export type PageView = { url: string, title: string,
  /**
   * Empty if there is none.
   */
  referrer: string, };

/**
 * Why it was not done.
 */
export type RejectCode = "empty"
  | "too_long"
  | "id_reused"
  | "no_conversation"
  | "closed"
  | "stale_epoch"
  | "taken"
  | "no_free_seat"
  | "not_on_duty"
  | "forbidden";

/**
 * A client's frame was understood but not done. The connection stays open and nothing else is affected.
 */
export type Rejected = { code: RejectCode,
  /**
   * The message it is about, if it is about one.
   */
  id?: ClientMessageId,
  /**
   * The conversation it is about, if it is about one.
   */
  conversation?: ConversationId,
  /**
   * With `taken`: the agent who has the conversation now, if one has it.
   */
  agent?: string, };

/**
 * How far a client has a conversation.
 */
export type Resume = { conversation: ConversationId, last_seq: Seq, };

/**
 * A message's place in its conversation: 1, 2, 3, … without gaps. `Seq(0)` means "none yet".
 */
export type Seq = number;

/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
export type Timestamp = number;

/**
 * Why a conversation waits in line.
 */
export type WaitReason = "arrived"
  | "agent_lost"
  | "agent_left"
  | "bounced"
  | "guest_away";

export const PROTOCOL = 1;
export const TEXT_CHARS_MAX = 8000;
export const PREVIEW_CHARS_MAX = 500;
export const GUEST_NAME_CHARS_MAX = 64;
export const CONTACT_CHARS_MAX = 256;
export const EXACT_AHEAD_MAX = 10;
export const HISTORY_PAGE = 50;
export const SILENCE_MS_MAX = 60000;
export const HELLO_MS_MAX = 10000;

export type CloseName = "malformed" | "unauthorized" | "forbidden" | "silent" | "too_large" | "too_many_guests" | "unsupported_protocol" | "flood" | "try_again" | "restarting" | "too_slow";

/** Close codes by number; `retry` says whether to connect again. */
export const CLOSE_CODES: Readonly<Record<number, { name: CloseName; retry: boolean }>> = {
  4400: { name: "malformed", retry: false },
  4401: { name: "unauthorized", retry: false },
  4403: { name: "forbidden", retry: false },
  4408: { name: "silent", retry: true },
  4413: { name: "too_large", retry: false },
  4420: { name: "too_many_guests", retry: true },
  4426: { name: "unsupported_protocol", retry: false },
  4429: { name: "flood", retry: true },
  4500: { name: "try_again", retry: true },
  4503: { name: "restarting", retry: true },
  4508: { name: "too_slow", retry: true },
};
