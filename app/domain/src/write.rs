//! What the room has the store's writer store: grouped into transactions, in the order handed in.

use crate::guest::{Environment, PageView};
use crate::{ClosedBy, ConversationId, Duty, Epoch, GuestId, MemberId, Message, Placement, Seq, SiteId, Timestamp};

/// One change. A batch of them is stored whole or not at all.
#[derive(Clone, Debug)]
pub enum Write {
    /// A guest seen for the first time.
    NewGuest {
        guest: GuestId,
        site: SiteId,
        at: Timestamp,
    },
    /// A conversation's beginning.
    NewConversation {
        site: SiteId,
        placement: Placement,
        at: Timestamp,
    },
    /// Where a conversation is now. Guarded: the stored epoch must be `expected_epoch` and the conversation not closed,
    /// or the batch fails as stale. Writes the guest's `last_agent` as well when seated.
    Place {
        expected_epoch: Epoch,
        placement: Placement,
        /// How long the seating lasted that has just ended for good, if one has.
        service_ms: Option<i64>,
    },
    /// The record of a decision: where the conversation went, when, from whom and why, taken from `placement`.
    Seating {
        placement: Placement,
        from: Option<MemberId>,
        at: Timestamp,
    },
    /// An entry of a conversation. The author's name is not stored, but read from the member.
    Message(Message),
    /// How far one side has got; each only ever grows.
    Marks {
        conversation: ConversationId,
        side: Side,
        read: Seq,
        delivered: Seq,
    },
    /// A member chose a duty: the member's row, and a row of the duty log.
    Duty {
        member: MemberId,
        duty: Duty,
        at: Timestamp,
    },
    /// Who the guest is and how to reach them, as they said.
    Contact {
        guest: GuestId,
        name: String,
        contact: String,
    },
}

impl Write {
    /// Why this closes a conversation, if it does.
    pub const fn closes(&self) -> Option<ClosedBy> {
        match self {
            Self::Place { placement, .. } | Self::NewConversation { placement, .. } => placement.closed_by(),
            _ => None,
        }
    }
}

/// One of the two who talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Guest,
    Agent,
}

/// What is kept of one page view, written by the chores.
#[derive(Clone, Debug)]
pub struct VisitWrite {
    /// Begins a visit. Otherwise the page belongs to the guest's latest one, and the page the guest was on already is not
    /// entered again.
    pub begins: bool,
    pub guest: GuestId,
    pub at: Timestamp,
    pub page: PageView,
    pub environment: Environment,
    pub browser: String,
    pub system: String,
    pub address: String,
}

/// What the hub keeps in memory of an open conversation beside its [`Placement`].
#[derive(Clone, Debug)]
pub struct TalkRow {
    pub conversation: ConversationId,
    pub site: SiteId,
    pub last_seq: Seq,
    pub guest_read: Seq,
    pub guest_delivered: Seq,
    pub agent_read: Seq,
    pub agent_delivered: Seq,
    /// The last text of guest or agent, as an excerpt; empty if there is none.
    pub last_text: String,
    /// Excerpts of what the guest wrote since an agent did, oldest first: the last few.
    pub unanswered: Vec<String>,
    /// The guest's texts after `agent_read`.
    pub unread: u32,
    pub guest_name: String,
    pub guest_contact: String,
    pub page: PageView,
    pub language: String,
}
