//! What was understood but not done, the same towards guests and desks.

use domain::{ClientMessageId, ConversationId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A client's frame was understood but not done. The connection stays open and nothing else is affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Rejected {
    pub code: RejectCode,
    /// The message it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub id: Option<ClientMessageId>,
    /// The conversation it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub conversation: Option<ConversationId>,
    /// With `taken`: the agent who has the conversation now, if one has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub agent: Option<String>,
}

impl Rejected {
    /// A refusal that is about nothing in particular yet.
    pub const fn new(code: RejectCode) -> Self {
        Self {
            code,
            id: None,
            conversation: None,
            agent: None,
        }
    }

    /// About that message.
    #[must_use]
    pub const fn about(mut self, id: ClientMessageId) -> Self {
        self.id = Some(id);
        self
    }

    /// In that conversation.
    #[must_use]
    pub const fn within(mut self, conversation: ConversationId) -> Self {
        self.conversation = Some(conversation);
        self
    }
}

/// Why it was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RejectCode {
    /// The text is empty.
    Empty,
    /// The text is longer than 8,000 characters.
    TooLong,
    /// The id was used before for another text.
    IdReused,
    /// No such conversation, or not one of this client's.
    NoConversation,
    /// The conversation is closed.
    Closed,
    /// The frame names an older seating: someone else has the conversation now, or it is back in line.
    StaleEpoch,
    /// Somebody else was quicker.
    Taken,
    /// All of the agent's seats are taken.
    NoFreeSeat,
    /// Only possible while on duty.
    NotOnDuty,
    /// The member lacks the rule.
    Forbidden,
    /// Said by a later version of Seatline; only clients come to see it.
    #[serde(other)]
    #[schemars(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    Unknown,
}
