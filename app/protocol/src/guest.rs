//! The guest endpoint: what the widget and the server say to each other.

use crate::{Message, Rejected};
use domain::guest::{Environment, PageView};
use domain::{
    ClientMessageId, ClosedBy, ConversationId, ConversationState, GuestId, MissedReason, Seq, Timestamp, WaitReason,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a guest's page sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum GuestFrame {
    /// The first frame. Answered with `welcome`, then the messages after its `after`, in order, then live.
    Hello(GuestHello),
    /// The guest wants to talk: opens a conversation unless one is seated or waiting; a missed one joins the line again
    /// if somebody is on duty. Answered with `conversation`.
    Start,
    /// A message of the current conversation. Without an open conversation it opens one. Answered with `ack` after the
    /// message is stored, or with `rejected`.
    Send { id: ClientMessageId, text: String },
    /// The guest is typing; `text` is what stands in the box so far, empty when they stopped.
    Typing { text: String },
    /// The guest has seen everything up to `seq`.
    Read { seq: Seq },
    /// The guest's page has received everything up to `seq`.
    Delivered { seq: Seq },
    /// Messages of one of the guest's conversations from before `before`: the last of them that make a page. Answered with
    /// `earlier`, or with `rejected`.
    Earlier { conversation: ConversationId, before: Seq },
    /// The guest went to another page.
    Page(PageView),
    /// Who the guest is and how to reach them. Answered with `conversation`.
    Contact { name: String, contact: String },
    /// The guest ends the conversation or gives up their place.
    Leave,
    /// Heartbeat; answered with `pong`.
    Ping,
}

/// A guest introduces itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GuestHello {
    /// [`crate::PROTOCOL`].
    pub protocol: u32,
    /// The token of the last `welcome`; a guest without a good one is a new guest.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub token: Option<String>,
    /// The conversation the page knows, and the last `seq` it has of it. If no more than [`crate::limits::RESUME_MAX`]
    /// messages follow that one, they are sent; else only the last [`crate::limits::HISTORY_PAGE`] of the conversation are.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub resume: Option<Resume>,
    #[serde(default)]
    pub page: PageView,
    #[serde(default)]
    pub environment: Environment,
}

/// How far a client has a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Resume {
    pub conversation: ConversationId,
    pub last_seq: Seq,
}

/// What the server sends to a guest's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum GuestEvent {
    /// The answer to `hello`. `conversation` is the guest's latest one, open or closed, or `null`.
    Welcome {
        protocol: u32,
        guest: GuestId,
        /// Keep it and show it in the next `hello`; it replaces the one before.
        token: String,
        heartbeat_ms: u32,
        /// The server's clock: every other time is by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        now: Option<Timestamp>,
        conversation: Option<GuestConversation>,
        /// The messages of `conversation` after this `seq` follow. If that is more than the `last_seq` of `resume`, what the
        /// page has and what follows do not join: what lies between is to be had with `earlier`.
        after: Seq,
        /// Whether somebody is on duty for this guest right now.
        on_duty: bool,
    },
    /// Somebody has come on duty for this guest, or the last one has gone. Told to guests who could begin to talk: those
    /// without a conversation, or whose conversation is missed or closed. At most once a second.
    Duty {
        on_duty: bool,
    },
    /// The conversation as it is now, always whole; sent whenever anything about it changes but that a message was added or a
    /// mark moved.
    Conversation(GuestConversation),
    /// A message of the conversation, the guest's own from another tab included.
    Message(Message),
    /// The answer to `earlier`: messages right before `before`, oldest first, at most [`crate::limits::HISTORY_PAGE`] and
    /// fewer where they are long.
    Earlier {
        conversation: ConversationId,
        before: Seq,
        messages: Vec<Message>,
        /// There are messages before these.
        more: bool,
    },
    /// The guest's message is stored.
    Ack {
        id: ClientMessageId,
        conversation: ConversationId,
        seq: Seq,
        at: Timestamp,
    },
    /// The agent is typing, or has stopped.
    Typing {
        active: bool,
    },
    /// The agent has seen everything up to `seq`.
    Read {
        conversation: ConversationId,
        seq: Seq,
    },
    /// The agent's desk has received everything up to `seq`.
    Delivered {
        conversation: ConversationId,
        seq: Seq,
    },
    Rejected(Rejected),
    Pong {
        /// The server's clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        now: Option<Timestamp>,
    },
}

/// A guest's conversation, as the guest sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GuestConversation {
    pub id: ConversationId,
    pub place: GuestPlace,
    /// The last message there is.
    pub last_seq: Seq,
    /// How far the guest has read, and the agent.
    pub guest_read: Seq,
    pub agent_read: Seq,
    pub agent_delivered: Seq,
    /// The guest has left a way to reach them.
    pub contact_left: bool,
}

/// Where the guest is, with what they may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GuestPlace {
    Waiting {
        reason: WaitReason,
        /// People really ahead in the line; 0 means "you are next".
        ahead: u32,
        /// Roughly how long it will take, in seconds; `null` where there is no honest basis for a number.
        estimate_s: Option<u32>,
        /// False once the last agent went off duty: the place is kept for a grace period only.
        staffed: bool,
        /// False while nobody on duty takes guests, since all have lost the connection or let a guest wait in vain: a seat
        /// may be free, but nobody is there to give it.
        agents_here: bool,
    },
    Seated {
        /// The agent's name.
        agent: String,
        /// False while the agent's connection is lost and the seat is held for them.
        agent_here: bool,
    },
    Missed {
        reason: MissedReason,
        /// When service resumes, if business hours say so.
        resumes_at: Option<Timestamp>,
    },
    Closed {
        by: ClosedBy,
    },
}

impl GuestPlace {
    pub const fn state(&self) -> ConversationState {
        match self {
            Self::Waiting { .. } => ConversationState::Waiting,
            Self::Seated { .. } => ConversationState::Seated,
            Self::Missed { .. } => ConversationState::Missed,
            Self::Closed { .. } => ConversationState::Closed,
        }
    }
}
