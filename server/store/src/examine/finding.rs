//! What can be wrong with a database.

use domain::{ClientMessageId, ConversationId, ConversationState, Epoch, GuestId, MemberId, Seq, Timestamp};
use serde::Serialize;

/// One thing that is not as it must be. `since` is the time of the oldest stored thing that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// The database file is not sound, in SQLite's words.
    Damaged { why: String },
    /// A later version of Seatline has set it up.
    SchemaNewer { version: i64 },
    /// A migration was run that is not the one of this version.
    SchemaAltered { version: i64 },
    /// Migrations of this version that have not been run: `seatline serve` runs them.
    SchemaOlder { pending: Vec<i64> },
    /// Rows that refer to something that is not there.
    Dangling {
        table: &'static str,
        column: &'static str,
        parent: &'static str,
        rows: i64,
    },
    /// `seq` does not count 1, 2, 3, …: of 1 to `last`, `missing` are not there, the first of them `first`.
    MessagesMissing {
        conversation: ConversationId,
        first: Seq,
        missing: i64,
        last: Seq,
        since: Timestamp,
    },
    /// A message is stored several times: more than one has the same id of its client.
    MessageRepeated {
        conversation: ConversationId,
        id: ClientMessageId,
        times: i64,
        since: Timestamp,
    },
    /// A guest's message is stored in several conversations: the same id stands in more than one.
    MessageInSeveral {
        guest: GuestId,
        id: ClientMessageId,
        conversations: i64,
        since: Timestamp,
    },
    /// A side is said to have got further than there are messages, or to have read what it was not delivered.
    MarkAhead {
        conversation: ConversationId,
        mark: Mark,
        at: Seq,
        /// As far as it can be.
        limit: Seq,
        since: Timestamp,
    },
    /// The columns of a placement contradict each other, so that it is in no place, or in two.
    NotInOnePlace {
        conversation: ConversationId,
        state: String,
        since: Timestamp,
    },
    /// A placement that this version cannot read.
    Unreadable {
        conversation: ConversationId,
        what: &'static str,
        value: String,
    },
    /// A guest with more than one conversation that is not closed.
    TwoOpen {
        guest: GuestId,
        conversations: i64,
        since: Timestamp,
    },
    /// An agent holds more than they have seats for, those apart that a supervisor forced on them.
    OverSeats {
        agent: MemberId,
        name: String,
        seats: i64,
        held: i64,
        forced: i64,
        since: Timestamp,
    },
    /// Conversations are seated with a member who is disabled.
    HolderDisabled {
        agent: MemberId,
        name: String,
        held: i64,
        since: Timestamp,
    },
    /// Several open conversations have the same ticket, so that their order in line is a matter of chance.
    SameTicket {
        ticket: i64,
        conversations: i64,
        since: Timestamp,
    },
    /// In line before everybody, as having lost a seat that the record does not know.
    ReturnedFromNowhere {
        conversation: ConversationId,
        since: Timestamp,
    },
    /// In the record of decisions, an epoch that does not follow from the one before it.
    EpochOutOfOrder {
        conversation: ConversationId,
        before: Epoch,
        epoch: Epoch,
        state: String,
        since: Timestamp,
    },
    /// The record's last decision is not where the conversation is.
    RecordDisagrees {
        conversation: ConversationId,
        state: ConversationState,
        recorded: String,
        since: Timestamp,
    },
    /// The record says nothing of a conversation.
    NoRecord {
        conversation: ConversationId,
        since: Timestamp,
    },
}

/// Which mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    GuestRead,
    GuestDelivered,
    AgentRead,
    AgentDelivered,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Not as it ever should be.
    Wrong,
    /// Can come about in ordinary use, and goes away by itself.
    Odd,
}

impl Finding {
    pub const fn severity(&self) -> Severity {
        match self {
            // A newer binary was just put in place; seats were taken away from somebody who held conversations; a server
            // was killed between disabling a member and moving their guests.
            Self::SchemaOlder { .. } | Self::OverSeats { .. } | Self::HolderDisabled { .. } => Severity::Odd,
            Self::Damaged { .. }
            | Self::SchemaNewer { .. }
            | Self::SchemaAltered { .. }
            | Self::Dangling { .. }
            | Self::MessagesMissing { .. }
            | Self::MessageRepeated { .. }
            | Self::MessageInSeveral { .. }
            | Self::MarkAhead { .. }
            | Self::NotInOnePlace { .. }
            | Self::Unreadable { .. }
            | Self::TwoOpen { .. }
            | Self::SameTicket { .. }
            | Self::ReturnedFromNowhere { .. }
            | Self::EpochOutOfOrder { .. }
            | Self::RecordDisagrees { .. }
            | Self::NoRecord { .. } => Severity::Wrong,
        }
    }
}
