//! Whether every conversation is in one place, and those that are not closed can all be there together.

use super::snapshot::Snapshot;
use super::{Finding, Findings, ROWS_MAX};
use crate::StoreError;
use crate::conversation::open_placements_each;
use crate::db::{fetch_all, fetch_optional};
use crate::encode::Text;
use domain::{ConversationId, GuestId, MemberId, Placement, SeatHow, Timestamp};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

pub(super) async fn check(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    let in_no_place = check_places(snapshot, findings).await?;
    let mut placements = Vec::new();
    let mut unreadable = Vec::new();
    for (conversation, read) in open_placements_each(snapshot.run()).await? {
        match read {
            Ok(placement) => placements.push(placement),
            // Told already.
            Err(StoreError::Unreadable { .. }) if in_no_place.contains(&conversation) => {}
            Err(StoreError::Unreadable { what, value }) => unreadable.push(Finding::Unreadable {
                conversation,
                what,
                value,
            }),
            Err(other) => return Err(other),
        }
    }
    findings.add_all(unreadable);
    findings.add_all(guests_with_two(&placements));
    findings.add_all(same_tickets(&placements));
    check_holders(snapshot, &placements, findings).await?;
    check_returned(snapshot, &placements, findings).await
}

/// The same constraints that the tables have, for tables that lost them. Comes back with those that break one.
async fn check_places(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<HashSet<ConversationId>, StoreError> {
    let rows = fetch_all!(
        snapshot,
        (Uuid, String, i64),
        "SELECT id, state, since FROM conversation
         WHERE state NOT IN ('seated', 'waiting', 'missed', 'closed')
             OR (state = 'seated') <> (agent_id IS NOT NULL) OR (state = 'seated') <> (seat_reason IS NOT NULL)
             OR (state = 'waiting') <> (wait_reason IS NOT NULL) OR (state = 'missed') <> (missed_reason IS NOT NULL)
             OR (state = 'closed') <> (closed_by IS NOT NULL)
         ORDER BY id LIMIT $1",
        ROWS_MAX
    )?;
    let ids = rows.iter().map(|(id, ..)| ConversationId(*id)).collect();
    findings.add_all(rows.into_iter().map(|(id, state, since)| Finding::NotInOnePlace {
        conversation: ConversationId(id),
        state,
        since: Timestamp(since),
    }));
    Ok(ids)
}

/// Placements by some key, in its order.
fn grouped<K: Ord>(
    placements: &[Placement],
    key: impl Fn(&Placement) -> Option<K>,
) -> impl Iterator<Item = (K, Vec<&Placement>)> {
    let mut groups: BTreeMap<K, Vec<&Placement>> = BTreeMap::new();
    for placement in placements {
        if let Some(key) = key(placement) {
            groups.entry(key).or_default().push(placement);
        }
    }
    groups.into_iter()
}

fn count(placements: &[&Placement]) -> i64 {
    i64::try_from(placements.len()).unwrap_or(i64::MAX)
}

/// When the last of them came to where it is.
fn latest(placements: &[&Placement]) -> Timestamp {
    placements
        .iter()
        .map(|placement| placement.since)
        .max()
        .unwrap_or_default()
}

fn guests_with_two(placements: &[Placement]) -> impl Iterator<Item = Finding> {
    grouped(placements, |placement| Some(placement.guest.0))
        .filter(|(_, open)| open.len() > 1)
        .map(|(guest, open)| Finding::TwoOpen {
            guest: GuestId(guest),
            conversations: count(&open),
            since: latest(&open),
        })
}

fn same_tickets(placements: &[Placement]) -> impl Iterator<Item = Finding> {
    grouped(placements, |placement| Some(placement.ticket))
        .filter(|(_, open)| open.len() > 1)
        .map(|(ticket, open)| Finding::SameTicket {
            ticket,
            conversations: count(&open),
            since: latest(&open),
        })
}

/// Handed over although every seat was taken.
fn is_forced(placement: &Placement) -> bool {
    placement
        .seat_reason()
        .is_some_and(|reason| matches!(reason.how, SeatHow::Transferred { over_limit: true, .. }))
}

async fn check_holders(
    snapshot: &mut Snapshot,
    placements: &[Placement],
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let (mut over, mut disabled) = (Vec::new(), Vec::new());
    for (agent, held) in grouped(placements, Placement::agent) {
        let sql = "SELECT name, seats, disabled FROM member WHERE id = $1";
        // One who is not there is told by the check of references.
        let Some((Text(name), seats, is_disabled)) = fetch_optional!(snapshot, (Text, i64, bool), sql, agent.0)? else {
            continue;
        };
        let forced = held.iter().filter(|placement| is_forced(placement)).count();
        let forced = i64::try_from(forced).unwrap_or(i64::MAX);
        let (held, since) = (count(&held), latest(&held));
        if is_disabled {
            disabled.push(disabled_holder(agent, name, held, since));
        } else if held - forced > seats {
            over.push(Finding::OverSeats {
                agent,
                name,
                seats,
                held,
                forced,
                since,
            });
        }
    }
    findings.add_all(over);
    findings.add_all(disabled);
    Ok(())
}

const fn disabled_holder(agent: MemberId, name: String, held: i64, since: Timestamp) -> Finding {
    Finding::HolderDisabled {
        agent,
        name,
        held,
        since,
    }
}

/// The front of the line is for those who lost a seat.
async fn check_returned(
    snapshot: &mut Snapshot,
    placements: &[Placement],
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut found = Vec::new();
    for placement in placements.iter().filter(|placement| placement.returned()) {
        let sql = "SELECT CAST(1 AS BIGINT) FROM seating WHERE conversation_id = $1 AND state = 'seated' LIMIT 1";
        if fetch_optional!(snapshot, (i64,), sql, placement.conversation.0)?.is_none() {
            found.push(Finding::ReturnedFromNowhere {
                conversation: placement.conversation,
                since: placement.since,
            });
        }
    }
    findings.add_all(found);
    Ok(())
}
