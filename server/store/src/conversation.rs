//! Conversations: where each one is, as dispatch decided.

use crate::db::{Run, Tx, execute, fetch_all, fetch_optional};
use crate::reasons::{Reasons, Words};
use crate::talk::{beginning, excerpt_of_stored};
use crate::word::{from_word, narrow, word};
use crate::write::Side;
use crate::{Store, StoreError};
use domain::{
    ClosedBy, ConversationId, ConversationState, Epoch, GroupId, GuestId, MemberId, Place, Placement, Seq, SiteId,
    Timestamp,
};

/// A conversation in a list of a guest's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationSummary {
    pub id: ConversationId,
    pub state: ConversationState,
    pub since: Timestamp,
    pub created_at: Timestamp,
    /// The last text of guest or agent, as an excerpt; empty if there is none.
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
    since: i64,
    agent_id: Option<i64>,
    answered: bool,
    returned: bool,
    owed_since: Option<i64>,
    bounces: i64,
    guest_seen: bool,
    last_agent_id: Option<i64>,
    #[sqlx(flatten)]
    words: Words,
}

/// The columns of a placement beside the conversation's id, in the order in which [`write_placement`] binds them.
macro_rules! columns {
    () => {
        "guest_id, group_id, priority, ticket, epoch, since, agent_id, answered, returned, owed_since, bounces, \
         guest_seen, last_agent_id, state, seat_reason, wait_reason, missed_reason, closed_by"
    };
}

/// What they are bound to.
macro_rules! values {
    () => {
        "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19"
    };
}

/// Executes a statement that has the conversation's id as `$1`, the [`columns`] as [`values`], and its own from `$20` on.
macro_rules! write_placement {
    ($tx:expr, $sql:expr, $placement:expr $(, $argument:expr)*) => {{
        let (placement, words) = ($placement, Words::of($placement)?);
        execute!(
            $tx,
            $sql,
            placement.conversation.0,
            placement.guest.0,
            placement.group.0,
            i64::from(placement.priority),
            placement.ticket,
            i64::from(placement.epoch.0),
            placement.since.0,
            placement.agent().map(|agent| agent.0),
            placement.answered(),
            placement.returned(),
            placement.owed_since.map(|at| at.0),
            i64::from(placement.bounces),
            placement.guest_seen(),
            placement.last_agent.map(|agent| agent.0),
            words.state,
            words.seat_reason,
            words.wait_reason,
            words.missed_reason,
            words.closed_by
            $(, $argument)*
        )
    }};
}

/// `SELECT` of placements, completed by a condition.
macro_rules! select_placements {
    ($rest:literal) => {
        concat!("SELECT id, ", columns!(), " FROM conversation ", $rest)
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
                    last_text: last_text.map(excerpt_of_stored).unwrap_or_default(),
                })
            })
            .collect()
    }
}

/// Those that are not closed, in order of arrival, each by itself: one that cannot be read does not hide the others.
pub(crate) async fn open_placements_each(
    mut on: Run<'_>,
) -> Result<Vec<(ConversationId, Result<Placement, StoreError>)>, StoreError> {
    let rows = fetch_all!(
        on,
        PlacementRow,
        select_placements!("WHERE state <> 'closed' ORDER BY ticket, id")
    )?;
    let each = rows
        .into_iter()
        .map(|row| (ConversationId(row.id), row.into_placement()));
    Ok(each.collect())
}

/// The one of a guest that began last, closed or not: by the order in which beginnings were stored, since times and ids go
/// back when the machine's clock does. One that was closed because nothing was said in it counts as none.
/// `closed`: only of those that are.
pub(crate) async fn latest_placement(
    mut on: Run<'_>,
    guest: GuestId,
    closed: bool,
) -> Result<Option<Placement>, StoreError> {
    let sql = select_placements!(
        "WHERE guest_id = $1 AND (closed_by IS NULL OR closed_by <> $2) AND (state = 'closed' OR $3 = 0) ORDER BY \
         COALESCE((SELECT MIN(seating.id) FROM seating WHERE seating.conversation_id = conversation.id), 0) DESC, \
         created_at DESC, id DESC LIMIT 1"
    );
    let nothing_said = word("a reason", &ClosedBy::NothingSaid)?;
    fetch_optional!(on, PlacementRow, sql, guest.0, nothing_said.as_str(), i64::from(closed))?
        .map(PlacementRow::into_placement)
        .transpose()
}

impl PlacementRow {
    fn into_placement(self) -> Result<Placement, StoreError> {
        Ok(Placement {
            place: self.place()?,
            conversation: ConversationId(self.id),
            guest: GuestId(self.guest_id),
            group: GroupId(self.group_id),
            priority: narrow("a priority", self.priority)?,
            ticket: self.ticket,
            epoch: Epoch(narrow("an epoch", self.epoch)?),
            since: Timestamp(self.since),
            owed_since: self.owed_since.map(Timestamp),
            bounces: narrow("a number of bounces", self.bounces)?,
            last_agent: self.last_agent_id.map(MemberId),
        })
    }

    /// The one place that the columns name.
    fn place(&self) -> Result<Place, StoreError> {
        let Reasons {
            state,
            seat_reason,
            wait_reason,
            missed_reason,
            closed_by,
        } = self.words.read()?;
        match (state, self.agent_id, seat_reason, wait_reason, missed_reason, closed_by) {
            (ConversationState::Waiting, None, None, Some(reason), None, None) => Ok(Place::Waiting {
                reason,
                returned: self.returned,
            }),
            (ConversationState::Seated, Some(agent), Some(reason), None, None, None) => Ok(Place::Seated {
                agent: MemberId(agent),
                reason,
                answered: self.answered,
                guest_seen: self.guest_seen,
            }),
            (ConversationState::Missed, None, None, None, Some(reason), None) => Ok(Place::Missed { reason }),
            (ConversationState::Closed, None, None, None, None, Some(by)) => Ok(Place::Closed { by }),
            _ => Err(StoreError::Unreadable {
                what: "a place",
                value: format!("{:?} held by {:?}", self.words, self.agent_id),
            }),
        }
    }
}

pub(crate) async fn insert_conversation(
    tx: &mut Tx,
    site: SiteId,
    placement: &Placement,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = concat!(
        "INSERT INTO conversation (id, ",
        columns!(),
        ", site_id, created_at) VALUES ($1, ",
        values!(),
        ", $20, $21)"
    );
    write_placement!(tx, sql, placement, site.0, at.0)?;
    note_seating(tx, placement).await
}

/// The guarded write that a seating's correctness rests on.
pub(crate) async fn place(
    tx: &mut Tx,
    expected: Epoch,
    placement: &Placement,
    service_ms: Option<i64>,
) -> Result<(), StoreError> {
    let sql = concat!(
        "UPDATE conversation SET (",
        columns!(),
        ") = (",
        values!(),
        "), service_ms = COALESCE($21, service_ms) WHERE id = $1 AND epoch = $20 AND state <> 'closed'"
    );
    let done = write_placement!(tx, sql, placement, i64::from(expected.0), service_ms)?;
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
    let Some(agent) = placement.agent() else { return Ok(()) };
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

/// One text for both engines: the greater of two is `MAX` in SQLite and `GREATEST` in PostgreSQL.
macro_rules! grow {
    ($read:literal, $delivered:literal) => {
        concat!(
            "UPDATE conversation SET ",
            $read,
            " = CASE WHEN ",
            $read,
            " < $2 THEN $2 ELSE ",
            $read,
            " END, ",
            $delivered,
            " = CASE WHEN ",
            $delivered,
            " < $3 THEN $3 ELSE ",
            $delivered,
            " END WHERE id = $1"
        )
    };
}

pub(crate) async fn grow_marks(
    tx: &mut Tx,
    conversation: ConversationId,
    side: Side,
    read: Seq,
    delivered: Seq,
) -> Result<(), StoreError> {
    let sql = match side {
        Side::Guest => grow!("guest_read", "guest_delivered"),
        Side::Agent => grow!("agent_read", "agent_delivered"),
    };
    execute!(tx, sql, conversation.0, read.0, delivered.0)?;
    Ok(())
}
