//! The desk endpoint: what an agent's workbench and the server say to each other.

use crate::guest::Resume;
use crate::{Message, Rejected};
use domain::heard::Tagged;
use domain::member::Me;
use domain::{
    ClientMessageId, ClosedBy, ConversationId, ConversationState, Duty, Epoch, GroupId, GuestId, MemberId,
    MissedReason, SeatReason, Seq, Timestamp, WaitReason,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// What a desk sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeskFrame {
    /// The first frame. Answered with `welcome`, then the messages of each conversation after its `last_seq` in `resume`, in
    /// order and at most the last [`crate::limits::RESUME_MAX`], then live.
    Hello {
        protocol: u32,
        #[serde(default)]
        resume: Vec<Resume>,
    },
    /// Answered with `me`.
    Duty { duty: Duty },
    /// The agent takes up a conversation seated with them. The first reply does the same.
    Accept { conversation: ConversationId, epoch: Epoch },
    /// Answered with `ack` after the message is stored, or with `rejected`.
    Send {
        conversation: ConversationId,
        epoch: Epoch,
        id: ClientMessageId,
        text: String,
    },
    /// The agent is typing, or has stopped.
    Typing { conversation: ConversationId, active: bool },
    /// The agent has seen everything up to `seq`.
    Read { conversation: ConversationId, seq: Seq },
    /// The desk has received everything up to `seq`.
    Delivered { conversation: ConversationId, seq: Seq },
    /// End the conversation.
    Close { conversation: ConversationId, epoch: Epoch },
    /// Take a conversation out of the missed queue into one of one's own free seats.
    Claim { conversation: ConversationId },
    /// Hand a conversation to a colleague. Needs the rule `conversation.transfer`.
    Transfer {
        conversation: ConversationId,
        epoch: Epoch,
        to: MemberId,
    },
    /// Heartbeat; answered with `pong`.
    Ping,
}

/// What the server sends to a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeskEvent {
    /// The answer to `hello`, with everything there is to know; replaces whatever the desk knew.
    Welcome {
        protocol: u32,
        heartbeat_ms: u32,
        /// The server's clock: every other time is by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        now: Option<Timestamp>,
        member: Me,
        me: Seats,
        groups: Vec<DeskGroup>,
        conversations: Vec<DeskConversation>,
        line: Line,
        missed: Missed,
    },
    /// The member groups as they are now; sent when one is new, is renamed, or takes the agent in or out.
    Groups {
        groups: Vec<DeskGroup>,
    },
    /// The agent's duty and seats as they are now.
    Me(Seats),
    /// One of the agent's conversations, new or changed in more than that a message was added, always whole. The messages of
    /// a new one follow.
    Conversation(DeskConversation),
    /// A conversation is no longer the agent's.
    Gone {
        conversation: ConversationId,
        why: Gone,
    },
    /// The line of the agent's groups as it is now; sent at most once a second.
    Line(Line),
    /// The missed queue of the agent's groups as it is now; sent at most once a second.
    Missed(Missed),
    /// A message of one of the agent's conversations, their own from another tab included.
    Message(Message),
    /// The agent's message is stored.
    Ack {
        id: ClientMessageId,
        conversation: ConversationId,
        seq: Seq,
        at: Timestamp,
    },
    /// What the guest is typing; empty when they stopped.
    Typing {
        conversation: ConversationId,
        text: String,
    },
    /// The guest has seen everything up to `seq`.
    Read {
        conversation: ConversationId,
        seq: Seq,
    },
    /// The guest's page has received everything up to `seq`.
    Delivered {
        conversation: ConversationId,
        seq: Seq,
    },
    Rejected(Rejected),
    Pong {
        /// The server's clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        now: Option<Timestamp>,
    },
    /// Said by a later version of Seatline, and to be passed over.
    #[schemars(skip)]
    Unknown,
}

impl<'de> Deserialize<'de> for DeskEvent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("type")? {
            "welcome" => Self::Welcome {
                protocol: heard.field("protocol")?,
                heartbeat_ms: heard.field("heartbeat_ms")?,
                now: heard.field("now")?,
                member: heard.field("member")?,
                me: heard.field("me")?,
                groups: heard.field("groups")?,
                conversations: heard.field("conversations")?,
                line: heard.field("line")?,
                missed: heard.field("missed")?,
            },
            "groups" => Self::Groups {
                groups: heard.field("groups")?,
            },
            "me" => Self::Me(heard.whole()?),
            "conversation" => Self::Conversation(heard.whole()?),
            "gone" => Self::Gone {
                conversation: heard.field("conversation")?,
                why: heard.field("why")?,
            },
            "line" => Self::Line(heard.whole()?),
            "missed" => Self::Missed(heard.whole()?),
            "message" => Self::Message(heard.whole()?),
            "ack" => Self::Ack {
                id: heard.field("id")?,
                conversation: heard.field("conversation")?,
                seq: heard.field("seq")?,
                at: heard.field("at")?,
            },
            "typing" => Self::Typing {
                conversation: heard.field("conversation")?,
                text: heard.field("text")?,
            },
            "read" => Self::Read {
                conversation: heard.field("conversation")?,
                seq: heard.field("seq")?,
            },
            "delivered" => Self::Delivered {
                conversation: heard.field("conversation")?,
                seq: heard.field("seq")?,
            },
            "rejected" => Self::Rejected(heard.whole()?),
            "pong" => Self::Pong {
                now: heard.field("now")?,
            },
            _ => Self::Unknown,
        })
    }
}

/// An agent's duty and seats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seats {
    #[serde(deserialize_with = "domain::member::known_duty")]
    pub duty: Duty,
    pub seats: i32,
    /// Conversations held.
    pub used: i32,
    /// The agent let a guest bounce and has shown no sign of life since: no new guests until they act (any frame but
    /// `ping`, `read`, `delivered` and `hello`), but those who wait go on waiting for them.
    pub away: bool,
}

/// A member group, by the name that `group` stands for elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeskGroup {
    pub id: GroupId,
    pub name: String,
    /// The agent serves it.
    pub mine: bool,
}

/// One of the agent's own conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeskConversation {
    pub id: ConversationId,
    pub epoch: Epoch,
    pub group: GroupId,
    pub guest: GuestCard,
    /// The guest is connected right now.
    pub guest_here: bool,
    /// Since when they are not; `null` while they are, or if they have not been since the server started.
    pub left_at: Option<Timestamp>,
    pub seated_at: Timestamp,
    /// The agent has accepted it or replied. If not, it moves on at `accept_by`.
    pub answered: bool,
    pub accept_by: Option<Timestamp>,
    /// Since when the guest waits for a reply; `null` if the last word is the agent's.
    pub waiting_since: Option<Timestamp>,
    pub last_seq: Seq,
    pub guest_read: Seq,
    pub guest_delivered: Seq,
    pub agent_read: Seq,
    /// The guest's messages after `agent_read`.
    pub unread: u32,
    /// The last text, cut at 240 characters; empty if there is none.
    pub last_text: String,
    /// Why it came to this agent, for "Why here".
    pub reason: SeatReason,
}

/// What a list shows of a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuestCard {
    pub id: GuestId,
    /// Empty for an anonymous guest.
    pub name: String,
    /// How to reach the guest; empty if they left nothing.
    pub contact: String,
    /// Where the guest is, by the address of the page; may be empty.
    pub page_url: String,
    pub page_title: String,
    /// What the guest's browser prefers, such as `zh-CN`; may be empty.
    pub language: String,
}

/// Why a conversation left the agent's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Gone {
    Closed {
        by: ClosedBy,
    },
    /// Back in line or with a colleague.
    Moved {
        reason: WaitReason,
    },
    /// A supervisor handed it to a colleague.
    Transferred,
    Missed {
        reason: MissedReason,
    },
    /// Said by a later version of Seatline; only clients come to see it.
    #[schemars(skip)]
    Unknown,
}

impl<'de> Deserialize<'de> for Gone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("why")? {
            "closed" => Self::Closed { by: heard.field("by")? },
            "moved" => Self::Moved {
                reason: heard.field("reason")?,
            },
            "transferred" => Self::Transferred,
            "missed" => Self::Missed {
                reason: heard.field("reason")?,
            },
            _ => Self::Unknown,
        })
    }
}

impl Gone {
    /// Where the conversation is now.
    pub const fn state(self) -> ConversationState {
        match self {
            Self::Closed { .. } => ConversationState::Closed,
            Self::Moved { .. } => ConversationState::Waiting,
            Self::Transferred | Self::Unknown => ConversationState::Seated,
            Self::Missed { .. } => ConversationState::Missed,
        }
    }
}

/// Who waits in the lines of the agent's groups, first in line first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// At most [`crate::limits::LISTED_MAX`].
    pub waiting: Vec<WaitingEntry>,
    pub total: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitingEntry {
    pub conversation: ConversationId,
    pub group: GroupId,
    pub guest: GuestCard,
    /// The guest is connected right now.
    pub guest_here: bool,
    pub since: Timestamp,
    pub reason: WaitReason,
    /// What the guest wrote that nobody has answered: the last [`domain::text::UNANSWERED_MAX`] texts, oldest first, each
    /// cut at 240 characters.
    pub unanswered: Vec<String>,
}

/// The missed queue of the agent's groups, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missed {
    /// At most [`crate::limits::LISTED_MAX`].
    pub missed: Vec<MissedEntry>,
    pub total: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MissedEntry {
    pub conversation: ConversationId,
    pub group: GroupId,
    pub guest: GuestCard,
    /// The guest is connected right now.
    pub guest_here: bool,
    pub since: Timestamp,
    pub reason: MissedReason,
    /// The last text, the guest's or an agent's, cut at 240 characters; empty if there is none.
    pub last_text: String,
    /// What the guest wrote that nobody has answered: the last [`domain::text::UNANSWERED_MAX`] texts, oldest first, each
    /// cut at 240 characters.
    pub unanswered: Vec<String>,
}
