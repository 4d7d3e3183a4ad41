//! State and reasons of a placement, stored alike with conversations and in the record of decisions.

use crate::StoreError;
use crate::word::{from_json, from_word, json, word};
use domain::{ClosedBy, ConversationState, MissedReason, Place, Placement, SeatReason, WaitReason};

/// As they are stored.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Words {
    pub(crate) state: String,
    pub(crate) seat_reason: Option<String>,
    pub(crate) wait_reason: Option<String>,
    pub(crate) missed_reason: Option<String>,
    pub(crate) closed_by: Option<String>,
}

/// As they are.
pub(crate) struct Reasons {
    pub(crate) state: ConversationState,
    pub(crate) seat_reason: Option<SeatReason>,
    pub(crate) wait_reason: Option<WaitReason>,
    pub(crate) missed_reason: Option<MissedReason>,
    pub(crate) closed_by: Option<ClosedBy>,
}

impl Words {
    pub(crate) fn of(placement: &Placement) -> Result<Self, StoreError> {
        let mut words = Self {
            state: word("a state", &placement.state())?,
            seat_reason: None,
            wait_reason: None,
            missed_reason: None,
            closed_by: None,
        };
        match &placement.place {
            Place::Waiting { reason, .. } => words.wait_reason = Some(word("a reason", reason)?),
            Place::Seated { reason, .. } => words.seat_reason = Some(json("a reason", reason)?),
            Place::Missed { reason } => words.missed_reason = Some(word("a reason", reason)?),
            Place::Closed { by } => words.closed_by = Some(word("a reason", by)?),
        }
        Ok(words)
    }

    pub(crate) fn read(&self) -> Result<Reasons, StoreError> {
        fn reason<T: serde::de::DeserializeOwned + serde::Serialize>(
            stored: Option<&String>,
        ) -> Result<Option<T>, StoreError> {
            stored.map(|stored| from_word("a reason", stored)).transpose()
        }
        let seat_reason = self.seat_reason.as_deref();
        Ok(Reasons {
            state: from_word("a state", &self.state)?,
            seat_reason: seat_reason.map(|stored| from_json("a reason", stored)).transpose()?,
            wait_reason: reason(self.wait_reason.as_ref())?,
            missed_reason: reason(self.missed_reason.as_ref())?,
            closed_by: reason(self.closed_by.as_ref())?,
        })
    }
}
