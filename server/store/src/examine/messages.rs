//! Whether `seq` counts 1, 2, 3, … in every conversation, no message is there twice, and nobody has got further than that.

use super::snapshot::Snapshot;
use super::{Finding, Findings, Mark, ROWS_MAX};
use crate::StoreError;
use crate::db::{fetch_all, fetch_one};
use domain::{ClientMessageId, ConversationId, GuestId, Seq, Timestamp};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct MarksRow {
    id: Uuid,
    since: i64,
    guest_read: i64,
    guest_delivered: i64,
    agent_read: i64,
    agent_delivered: i64,
    last_seq: i64,
}

pub(super) async fn check(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    check_seqs(snapshot, findings).await?;
    check_ids(snapshot, findings).await?;
    check_ids_of_guests(snapshot, findings).await?;
    check_marks(snapshot, findings).await
}

/// The primary key keeps a `seq` from being there twice; so there is a gap exactly if they are fewer than the last says.
async fn check_seqs(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let gaps = fetch_all!(
        snapshot,
        (Uuid, i64, i64),
        "SELECT conversation_id, COUNT(*), MAX(seq) FROM message GROUP BY conversation_id
         HAVING MAX(seq) <> COUNT(*) ORDER BY conversation_id LIMIT $1",
        ROWS_MAX
    )?;
    let mut found = Vec::with_capacity(gaps.len());
    for (conversation, count, last) in gaps {
        // The first message that does not follow on another.
        let (after, since) = fetch_one!(
            snapshot,
            (i64, i64),
            "SELECT seq, at FROM message WHERE conversation_id = $1 AND seq > 1 AND NOT EXISTS (
                 SELECT 1 FROM message earlier WHERE earlier.conversation_id = $1 AND earlier.seq = message.seq - 1)
             ORDER BY seq LIMIT 1",
            conversation
        )?;
        let (before,) = fetch_one!(
            snapshot,
            (i64,),
            "SELECT COALESCE(MAX(seq), 0) FROM message WHERE conversation_id = $1 AND seq < $2",
            conversation,
            after
        )?;
        found.push(Finding::MessagesMissing {
            conversation: ConversationId(conversation),
            first: Seq(before).next(),
            missing: last - count,
            last: Seq(last),
            since: Timestamp(since),
        });
    }
    findings.add_all(found);
    Ok(())
}

/// Nothing in the schema keeps an id from being there twice: the hub does.
async fn check_ids(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let twice = fetch_all!(
        snapshot,
        (Uuid, Uuid, i64, i64),
        // The inner one walks along the primary key; to sort all messages by their ids would take a large one's time.
        "SELECT conversation_id, client_id, COUNT(*), MIN(at) FROM message
         WHERE conversation_id IN (
             SELECT conversation_id FROM message GROUP BY conversation_id
             HAVING COUNT(client_id) > COUNT(DISTINCT client_id) ORDER BY conversation_id LIMIT $1)
             AND client_id IS NOT NULL
         GROUP BY conversation_id, client_id HAVING COUNT(*) > 1 ORDER BY conversation_id, client_id LIMIT $1",
        ROWS_MAX
    )?;
    findings.add_all(
        twice
            .into_iter()
            .map(|(conversation, id, times, since)| Finding::MessageRepeated {
                conversation: ConversationId(conversation),
                id: ClientMessageId(id),
                times,
                since: Timestamp(since),
            }),
    );
    Ok(())
}

/// Nor from being there in two of a guest's conversations.
async fn check_ids_of_guests(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let twice = fetch_all!(
        snapshot,
        (Uuid, Uuid, i64, i64),
        // Guests with one conversation, nearly all of them, are left out first.
        "SELECT c.guest_id, m.client_id, COUNT(DISTINCT m.conversation_id), MIN(m.at)
         FROM (SELECT guest_id FROM conversation GROUP BY guest_id HAVING COUNT(*) > 1) g
         CROSS JOIN conversation c CROSS JOIN message m
         WHERE c.guest_id = g.guest_id AND m.conversation_id = c.id AND m.author = 'guest' AND m.client_id IS NOT NULL
         GROUP BY c.guest_id, m.client_id HAVING COUNT(DISTINCT m.conversation_id) > 1
         ORDER BY c.guest_id, m.client_id LIMIT $1",
        ROWS_MAX
    )?;
    findings.add_all(
        twice
            .into_iter()
            .map(|(guest, id, conversations, since)| Finding::MessageInSeveral {
                guest: GuestId(guest),
                id: ClientMessageId(id),
                conversations,
                since: Timestamp(since),
            }),
    );
    Ok(())
}

async fn check_marks(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let rows = fetch_all!(
        snapshot,
        MarksRow,
        "SELECT * FROM (
             SELECT id, since, guest_read, guest_delivered, agent_read, agent_delivered, COALESCE(
                 (SELECT MAX(seq) FROM message WHERE conversation_id = conversation.id), 0) AS last_seq
             FROM conversation) marks
         WHERE guest_delivered > last_seq OR agent_delivered > last_seq OR guest_read > guest_delivered
             OR agent_read > agent_delivered
         ORDER BY id LIMIT $1",
        ROWS_MAX
    )?;
    findings.add_all(rows.iter().flat_map(MarksRow::findings));
    Ok(())
}

impl MarksRow {
    fn findings(&self) -> impl Iterator<Item = Finding> {
        let marks = [
            (Mark::GuestDelivered, self.guest_delivered, self.last_seq),
            (Mark::AgentDelivered, self.agent_delivered, self.last_seq),
            (Mark::GuestRead, self.guest_read, self.guest_delivered),
            (Mark::AgentRead, self.agent_read, self.agent_delivered),
        ];
        let (conversation, since) = (ConversationId(self.id), Timestamp(self.since));
        marks
            .into_iter()
            .filter(|(_, at, limit)| at > limit)
            .map(move |(mark, at, limit)| Finding::MarkAhead {
                conversation,
                mark,
                at: Seq(at),
                limit: Seq(limit),
                since,
            })
    }
}
