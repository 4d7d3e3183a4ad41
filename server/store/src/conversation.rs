//! Conversations: where each one is, as dispatch decided.

use crate::db::{Run, Tx, execute, fetch_all, fetch_optional};
use crate::encode::decode;
use crate::talk::{beginning, cut};
use crate::word::{from_json, from_word, json, narrow, word};
use crate::{Store, StoreError};
use domain::{ConversationId, ConversationState, Epoch, GroupId, GuestId, MemberId, Placement, Seq, SiteId, Timestamp};

/// A conversation in a list of a guest's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationSummary {
    pub id: ConversationId,
    pub state: ConversationState,
    pub since: Timestamp,
    pub created_at: Timestamp,
    /// The last text of guest or agent, cut at 120 characters; empty if there is none.
    pub last_text: String,
}

#[derive(sqlx::FromRow)]
pub(crate) struct PlacementRow {
    id: uuid::Uuid,
    guest_id: uuid::Uuid,
    group_id: i64,
    priority: i64,
    ticket: i64,
    epoch: i64,
    state: String,
    since: i64,
    agent_id: Option<i64>,
    seat_reason: Option<String>,
    answered: bool,
    returned: bool,
    wait_reason: Option<String>,
    missed_reason: Option<String>,
    closed_by: Option<String>,
    owed_since: Option<i64>,
    bounces: i64,
    guest_seen: bool,
    last_agent_id: Option<i64>,
}

/// `SELECT` of placements, completed by a condition.
macro_rules! select_placements {
    ($rest:literal) => {
        concat!(
            "SELECT id, guest_id, group_id, priority, ticket, epoch, state, since, agent_id, seat_reason, answered, \
             returned, wait_reason, missed_reason, closed_by, owed_since, bounces, guest_seen, last_agent_id \
             FROM conversation ",
            $rest
        )
    };
}

impl Store {
    pub async fn placement(&self, conversation: ConversationId) -> Result<Option<Placement>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, PlacementRow, select_placements!("WHERE id = $1"), conversation.0)?;
        row.map(PlacementRow::into_placement).transpose()
    }

    /// A guest's conversations, newest first.
    pub async fn earlier_conversations(
        &self,
        guest: GuestId,
        limit: u32,
    ) -> Result<Vec<ConversationSummary>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(
            conn,
            (uuid::Uuid, String, i64, i64, Option<String>),
            concat!(
                "SELECT id, state, since, created_at, (SELECT ",
                beginning!("body"),
                " FROM message WHERE conversation_id = conversation.id AND kind = 'text' ORDER BY seq DESC LIMIT 1) \
                 FROM conversation WHERE guest_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2"
            ),
            guest.0,
            i64::from(limit),
        )?;
        rows.into_iter()
            .map(|(id, state, since, created_at, last_text)| {
                Ok(ConversationSummary {
                    id: ConversationId(id),
                    state: from_word("a state", &state)?,
                    since: Timestamp(since),
                    created_at: Timestamp(created_at),
                    last_text: last_text.map(|text| cut(decode(text))).unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// Those that are not closed, in order of arrival.
pub(crate) async fn open_placements(mut on: Run<'_>) -> Result<Vec<Placement>, StoreError> {
    let rows = fetch_all!(
        on,
        PlacementRow,
        select_placements!("WHERE state <> 'closed' ORDER BY ticket, id")
    )?;
    rows.into_iter().map(PlacementRow::into_placement).collect()
}

/// The one of a guest that began last, closed or not.
pub(crate) async fn latest_placement(mut on: Run<'_>, guest: GuestId) -> Result<Option<Placement>, StoreError> {
    let sql = select_placements!("WHERE guest_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1");
    fetch_optional!(on, PlacementRow, sql, guest.0)?
        .map(PlacementRow::into_placement)
        .transpose()
}

impl PlacementRow {
    fn into_placement(self) -> Result<Placement, StoreError> {
        let seat_reason = self
            .seat_reason
            .as_deref()
            .map(|json| from_json("a reason", json))
            .transpose()?;
        let wait_reason = self
            .wait_reason
            .as_deref()
            .map(|word| from_word("a reason", word))
            .transpose()?;
        let missed_reason = self
            .missed_reason
            .as_deref()
            .map(|word| from_word("a reason", word))
            .transpose()?;
        let closed_by = self
            .closed_by
            .as_deref()
            .map(|word| from_word("a reason", word))
            .transpose()?;
        Ok(Placement {
            conversation: ConversationId(self.id),
            guest: GuestId(self.guest_id),
            group: GroupId(self.group_id),
            priority: narrow("a priority", self.priority)?,
            ticket: self.ticket,
            epoch: Epoch(narrow("an epoch", self.epoch)?),
            state: from_word("a state", &self.state)?,
            since: Timestamp(self.since),
            agent: self.agent_id.map(MemberId),
            seat_reason,
            answered: self.answered,
            returned: self.returned,
            wait_reason,
            missed_reason,
            closed_by,
            owed_since: self.owed_since.map(Timestamp),
            bounces: narrow("a number of bounces", self.bounces)?,
            guest_seen: self.guest_seen,
            last_agent: self.last_agent_id.map(MemberId),
        })
    }
}

/// State and reasons of a placement, as they are stored in conversations and seatings alike.
pub(crate) struct Words {
    pub(crate) state: String,
    pub(crate) seat_reason: Option<String>,
    pub(crate) wait_reason: Option<String>,
    pub(crate) missed_reason: Option<String>,
    pub(crate) closed_by: Option<String>,
}

impl Words {
    pub(crate) fn of(placement: &Placement) -> Result<Self, StoreError> {
        Ok(Self {
            state: word("a state", &placement.state)?,
            seat_reason: placement
                .seat_reason
                .map(|reason| json("a reason", &reason))
                .transpose()?,
            wait_reason: placement
                .wait_reason
                .map(|reason| word("a reason", &reason))
                .transpose()?,
            missed_reason: placement
                .missed_reason
                .map(|reason| word("a reason", &reason))
                .transpose()?,
            closed_by: placement.closed_by.map(|by| word("a reason", &by)).transpose()?,
        })
    }
}

pub(crate) async fn insert_conversation(
    tx: &mut Tx,
    site: SiteId,
    placement: &Placement,
    at: Timestamp,
) -> Result<(), StoreError> {
    let words = Words::of(placement)?;
    execute!(
        tx,
        "INSERT INTO conversation (id, site_id, guest_id, group_id, priority, ticket, epoch, state, since, agent_id,
             seat_reason, answered, returned, wait_reason, missed_reason, closed_by, owed_since, bounces, guest_seen,
             last_agent_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        placement.conversation.0,
        site.0,
        placement.guest.0,
        placement.group.0,
        i64::from(placement.priority),
        placement.ticket,
        i64::from(placement.epoch.0),
        words.state,
        placement.since.0,
        placement.agent.map(|agent| agent.0),
        words.seat_reason,
        placement.answered,
        placement.returned,
        words.wait_reason,
        words.missed_reason,
        words.closed_by,
        placement.owed_since.map(|at| at.0),
        i64::from(placement.bounces),
        placement.guest_seen,
        placement.last_agent.map(|agent| agent.0),
        at.0,
    )?;
    note_seating(tx, placement).await
}

/// The guarded write that a seating's correctness rests on.
pub(crate) async fn place(tx: &mut Tx, expected: Epoch, placement: &Placement) -> Result<(), StoreError> {
    let words = Words::of(placement)?;
    let done = execute!(
        tx,
        // `service_ms` is worked out first by the old values of `state` and `since`.
        "UPDATE conversation SET
             service_ms = CASE WHEN state = 'seated' AND $6 = 'closed' THEN $7 - since ELSE service_ms END,
             group_id = $3, priority = $4, epoch = $5, state = $6, since = $7, agent_id = $8, seat_reason = $9,
             answered = $10, returned = $11, wait_reason = $12, missed_reason = $13, closed_by = $14, owed_since = $15,
             bounces = $16, guest_seen = $17, last_agent_id = $18, ticket = $19
         WHERE id = $1 AND epoch = $2 AND state <> 'closed'",
        placement.conversation.0,
        i64::from(expected.0),
        placement.group.0,
        i64::from(placement.priority),
        i64::from(placement.epoch.0),
        words.state,
        placement.since.0,
        placement.agent.map(|agent| agent.0),
        words.seat_reason,
        placement.answered,
        placement.returned,
        words.wait_reason,
        words.missed_reason,
        words.closed_by,
        placement.owed_since.map(|at| at.0),
        i64::from(placement.bounces),
        placement.guest_seen,
        placement.last_agent.map(|agent| agent.0),
        placement.ticket,
    )?;
    if done == 0 {
        return Err(StoreError::Stale);
    }
    if placement.epoch == expected {
        Ok(())
    } else {
        note_seating(tx, placement).await
    }
}

/// A new seating is remembered with the guest, who may be sent back to that agent, and with the agent, whose turn it
/// was.
async fn note_seating(tx: &mut Tx, placement: &Placement) -> Result<(), StoreError> {
    let Some(agent) = placement.agent else { return Ok(()) };
    execute!(
        tx,
        "UPDATE guest SET last_agent_id = $2 WHERE id = $1",
        placement.guest.0,
        agent.0
    )?;
    let sql = "UPDATE member SET last_seated_at = $2 WHERE id = $1 AND last_seated_at < $2";
    execute!(tx, sql, agent.0, placement.since.0)?;
    Ok(())
}

pub(crate) async fn grow_guest_marks(
    tx: &mut Tx,
    conversation: ConversationId,
    read: Seq,
    delivered: Seq,
) -> Result<(), StoreError> {
    // One text for both engines: the greater of two is `MAX` in SQLite and `GREATEST` in PostgreSQL.
    let sql = "UPDATE conversation SET
                   guest_read = CASE WHEN guest_read < $2 THEN $2 ELSE guest_read END,
                   guest_delivered = CASE WHEN guest_delivered < $3 THEN $3 ELSE guest_delivered END
               WHERE id = $1";
    execute!(tx, sql, conversation.0, read.0, delivered.0)?;
    Ok(())
}

pub(crate) async fn grow_agent_marks(
    tx: &mut Tx,
    conversation: ConversationId,
    read: Seq,
    delivered: Seq,
) -> Result<(), StoreError> {
    let sql = "UPDATE conversation SET
                   agent_read = CASE WHEN agent_read < $2 THEN $2 ELSE agent_read END,
                   agent_delivered = CASE WHEN agent_delivered < $3 THEN $3 ELSE agent_delivered END
               WHERE id = $1";
    execute!(tx, sql, conversation.0, read.0, delivered.0)?;
    Ok(())
}
