//! The record of decisions: where each conversation went, when, and why.

use crate::db::{Tx, execute, fetch_all};
use crate::encode::Text;
use crate::reasons::{Reasons, Words};
use crate::word::narrow;
use crate::{Store, StoreError};
use domain::{
    ClosedBy, ConversationId, ConversationState, Epoch, MemberId, MissedReason, Placement, SeatReason, Timestamp,
    WaitReason,
};

/// One decision, with names as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatingRecord {
    pub at: Timestamp,
    pub state: ConversationState,
    /// Who was given it.
    pub agent: Option<String>,
    /// Who held it until then.
    pub from: Option<String>,
    pub epoch: Epoch,
    pub seat_reason: Option<SeatReason>,
    pub wait_reason: Option<WaitReason>,
    pub missed_reason: Option<MissedReason>,
    pub closed_by: Option<ClosedBy>,
}

#[derive(sqlx::FromRow)]
struct SeatingRow {
    at: i64,
    agent: Option<Text>,
    left_agent: Option<Text>,
    epoch: i64,
    #[sqlx(flatten)]
    words: Words,
}

impl Store {
    /// The decisions about a conversation, oldest first.
    pub async fn seatings(&self, conversation: ConversationId) -> Result<Vec<SeatingRecord>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(
            conn,
            SeatingRow,
            "SELECT seating.at, seating.state, agent.name AS agent, left_agent.name AS left_agent, seating.epoch,
                 seating.seat_reason, seating.wait_reason, seating.missed_reason, seating.closed_by
             FROM seating
             LEFT JOIN member agent ON agent.id = seating.agent_id
             LEFT JOIN member left_agent ON left_agent.id = seating.from_id
             WHERE seating.conversation_id = $1 ORDER BY seating.id",
            conversation.0,
        )?;
        rows.into_iter().map(SeatingRow::into_record).collect()
    }
}

impl SeatingRow {
    fn into_record(self) -> Result<SeatingRecord, StoreError> {
        let Reasons {
            state,
            seat_reason,
            wait_reason,
            missed_reason,
            closed_by,
        } = self.words.read()?;
        Ok(SeatingRecord {
            at: Timestamp(self.at),
            state,
            agent: self.agent.map(|name| name.0),
            from: self.left_agent.map(|name| name.0),
            epoch: Epoch(narrow("an epoch", self.epoch)?),
            seat_reason,
            wait_reason,
            missed_reason,
            closed_by,
        })
    }
}

pub(crate) async fn insert_seating(
    tx: &mut Tx,
    placement: &Placement,
    from: Option<MemberId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let words = Words::of(placement)?;
    execute!(
        tx,
        "INSERT INTO seating (conversation_id, at, state, agent_id, from_id, epoch, seat_reason, wait_reason,
             missed_reason, closed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        placement.conversation.0,
        at.0,
        words.state,
        placement.agent().map(|agent| agent.0),
        from.map(|agent| agent.0),
        i64::from(placement.epoch.0),
        words.seat_reason,
        words.wait_reason,
        words.missed_reason,
        words.closed_by,
    )?;
    Ok(())
}
