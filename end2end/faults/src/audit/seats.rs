//! No seat holds two conversations, none is leaked, nobody waits beside a free one.

use super::stored::{Conversation, Stored};
use super::{Evidence, Seen};
use rig::desk::Workbench;
use rig::{Violation, number, text};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) fn check(evidence: &Evidence, stored: &Stored, found: &mut Vec<Violation>) {
    for member in stored.members.values() {
        let held: Vec<_> = held_by(member.id, stored).collect();
        let limit = usize::try_from(member.seats).unwrap_or_default();
        if held.len() > limit && !held.iter().any(|one| one.is_over_limit()) {
            let what = format!("{} holds {} conversations with {limit} seats", member.name, held.len());
            found.push(Violation::Other(what));
        }
        if member.disabled && !held.is_empty() {
            found.push(Violation::Other(format!(
                "{} is disabled and holds {}",
                member.name,
                held.len()
            )));
        }
    }
    for seen in evidence.desks.iter().filter(|seen| seen.is_connected) {
        agrees(&seen.memory, stored, found);
    }
    for conversation in stored.in_state("waiting") {
        if let Some(free) = evidence
            .desks
            .iter()
            .find(|seen| could_serve(seen, conversation, stored))
        {
            let what = format!(
                "{} waits while member {} has a free seat",
                conversation.id, free.memory.member
            );
            found.push(Violation::Other(what));
        }
    }
}

/// The desk shows the conversations that the agent holds, and counts them right.
fn agrees(desk: &Workbench, stored: &Stored, found: &mut Vec<Violation>) {
    let shown: BTreeSet<Uuid> = desk.held.keys().copied().collect();
    let held: BTreeSet<Uuid> = held_by(desk.member, stored).map(|one| one.id).collect();
    if shown != held {
        let what = format!("the desk of {} shows {shown:?} and holds {held:?}", desk.member);
        found.push(Violation::Other(what));
    }
    if i64::try_from(held.len()).ok() != Some(number(&desk.me, "used")) {
        let what = format!("member {} holds {} and was told {}", desk.member, held.len(), desk.me);
        found.push(Violation::Other(what));
    }
    let duty = stored
        .members
        .get(&desk.member)
        .map_or("", |member| member.duty.as_str());
    if duty != text(&desk.me, "duty") {
        let what = format!("member {} is {duty} and was told {}", desk.member, desk.me);
        found.push(Violation::Other(what));
    }
}

fn could_serve(seen: &Seen<Workbench>, conversation: &Conversation, stored: &Stored) -> bool {
    let (me, member) = (&seen.memory.me, seen.memory.member);
    seen.is_connected
        && text(me, "duty") == "on"
        && me.get("away") != Some(&serde_json::Value::Bool(true))
        && number(me, "used") < number(me, "seats")
        && stored.teams.contains(&(member, conversation.group_id))
}

fn held_by(member: i64, stored: &Stored) -> impl Iterator<Item = &Conversation> {
    stored
        .in_state("seated")
        .filter(move |one| one.agent_id == Some(member))
}

pub(super) fn check_all_free(evidence: &Evidence, stored: &Stored, found: &mut Vec<Violation>) {
    for conversation in stored.in_state("seated") {
        found.push(Violation::Other(format!("{} still has a seat", conversation.id)));
    }
    for seen in &evidence.desks {
        if number(&seen.memory.me, "used") != 0 {
            let what = format!("member {} still uses a seat: {}", seen.memory.member, seen.memory.me);
            found.push(Violation::Other(what));
        }
    }
}
