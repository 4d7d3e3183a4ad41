//! Whether the record of decisions is whole: its epochs go up, and it ends where the conversation is.

use super::snapshot::Snapshot;
use super::{Finding, Findings, ROWS_MAX};
use crate::StoreError;
use crate::db::fetch_all;
use crate::word::{from_word, narrow};
use domain::{ConversationId, Epoch, Timestamp};
use uuid::Uuid;

pub(super) async fn check(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    check_epochs(snapshot, findings).await?;
    check_ends(snapshot, findings).await?;
    check_missing(snapshot, findings).await
}

/// An epoch never falls, and every seating has one of its own.
async fn check_epochs(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let rows = fetch_all!(
        snapshot,
        (Uuid, i64, i64, String, i64),
        "SELECT conversation_id, earlier, epoch, state, at FROM (
             SELECT conversation_id, id, at, state, epoch,
                 LAG(epoch) OVER (PARTITION BY conversation_id ORDER BY id) AS earlier FROM seating) steps
         WHERE earlier IS NOT NULL AND (epoch < earlier OR (state = 'seated' AND epoch = earlier))
         ORDER BY conversation_id, id LIMIT $1",
        ROWS_MAX
    )?;
    let found = rows.into_iter().map(|(conversation, before, epoch, state, at)| {
        Ok(Finding::EpochOutOfOrder {
            conversation: ConversationId(conversation),
            before: Epoch(narrow("an epoch", before)?),
            epoch: Epoch(narrow("an epoch", epoch)?),
            state,
            since: Timestamp(at),
        })
    });
    findings.add_all(found.collect::<Result<Vec<_>, StoreError>>()?);
    Ok(())
}

/// A conversation and the last decision about it are written together.
async fn check_ends(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let rows = fetch_all!(
        snapshot,
        (Uuid, String, String, i64),
        "SELECT conversation.id, conversation.state, seating.state, seating.at
         FROM seating JOIN conversation ON conversation.id = seating.conversation_id
         WHERE seating.id IN (SELECT MAX(id) FROM seating GROUP BY conversation_id)
             AND (seating.state <> conversation.state OR seating.epoch <> conversation.epoch
                 OR COALESCE(seating.agent_id, 0) <> COALESCE(conversation.agent_id, 0))
         ORDER BY conversation.id LIMIT $1",
        ROWS_MAX
    )?;
    for (conversation, state, recorded, at) in rows.into_iter().take(super::TOLD_MAX) {
        // A state that is none is told with the places.
        if let Ok(state) = from_word("a state", &state) {
            findings.add(Finding::RecordDisagrees {
                conversation: ConversationId(conversation),
                state,
                recorded,
                since: Timestamp(at),
            });
        }
    }
    Ok(())
}

async fn check_missing(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let rows = fetch_all!(
        snapshot,
        (Uuid, i64),
        "SELECT id, created_at FROM conversation
         WHERE NOT EXISTS (SELECT 1 FROM seating WHERE seating.conversation_id = conversation.id)
         ORDER BY id LIMIT $1",
        ROWS_MAX
    )?;
    findings.add_all(rows.into_iter().map(|(id, created_at)| Finding::NoRecord {
        conversation: ConversationId(id),
        since: Timestamp(created_at),
    }));
    Ok(())
}
