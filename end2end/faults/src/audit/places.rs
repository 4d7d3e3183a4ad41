//! Every guest is in exactly one place, knows it, and was never told of one that was not decided and stored.

use super::stored::{Conversation, Seating, Stored, with};
use super::{Evidence, Seen};
use rig::guest::{Page, Told};
use rig::{Violation, number};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub(super) fn check(evidence: &Evidence, stored: &Stored, found: &mut Vec<Violation>) {
    one_each(stored, found);
    for conversation in stored.conversations.values() {
        decisions(conversation, stored, found);
    }
    let here: BTreeSet<Uuid> = evidence
        .guests
        .iter()
        .filter(|seen| seen.is_connected)
        .filter_map(|seen| seen.memory.guest)
        .collect();
    for seen in &evidence.guests {
        if seen.is_connected {
            now(&seen.memory, &here, stored, found);
        }
        then(seen, stored, found);
    }
}

/// One open conversation a guest, at most.
fn one_each(stored: &Stored, found: &mut Vec<Violation>) {
    let mut open: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for one in stored.conversations.values().filter(|one| one.state != "closed") {
        if let Some(other) = open.insert(one.guest_id, one.id) {
            let what = format!("guest {} has {other} and {} open", one.guest_id, one.id);
            found.push(Violation::Doubled(what));
        }
    }
}

/// The last decision is where the conversation is, and the epoch counts the seatings.
fn decisions(conversation: &Conversation, stored: &Stored, found: &mut Vec<Violation>) {
    let seatings = stored.seatings_of(conversation.id);
    let last = seatings
        .last()
        .map(|last| (last.state.as_str(), last.agent_id, last.epoch));
    let here = (conversation.state.as_str(), conversation.agent_id, conversation.epoch);
    if last != Some(here) {
        let what = format!(
            "{} is at {here:?}, but was last decided to be at {last:?}",
            conversation.id
        );
        found.push(Violation::Other(what));
    }
    let seated = seatings.iter().filter(|seating| seating.state == "seated").count();
    if i64::try_from(seated).ok() != Some(conversation.epoch) {
        let what = format!(
            "{} was seated {seated} times in epoch {}",
            conversation.id, conversation.epoch
        );
        found.push(Violation::Other(what));
    }
}

/// What a guest was told last is where they are.
fn now(page: &Page, here: &BTreeSet<Uuid>, stored: &Stored, found: &mut Vec<Violation>) {
    if page.conversation.is_some_and(|told| stored.is_dismissed(told)) {
        return;
    }
    let Some(latest) = page.guest.and_then(|guest| stored.latest_of(guest)) else {
        if page.conversation.is_some() {
            found.push(Violation::Lost(format!("the conversation {:?}", page.conversation)));
        }
        return;
    };
    let told = page
        .told
        .last()
        .map(|told| (told.conversation, told.state.as_str(), told.with.as_str()));
    let is = (latest.id, latest.state.as_str(), of_conversation(latest, stored));
    if told != Some(is) {
        found.push(Violation::Other(format!("a guest was told {told:?} and is at {is:?}")));
    }
    if latest.state == "waiting" {
        let (at_least, at_most) = ahead(latest, here, stored);
        let told = number(&page.place, "ahead");
        // Beyond ten the number is a round one.
        let at_most = if told > 10 { at_most + at_most / 2 } else { at_most };
        if !(at_least..=at_most).contains(&told) {
            found.push(Violation::Other(format!(
                "{} was told {told} ahead, and {at_least} to {at_most} are",
                latest.id
            )));
        }
    }
}

/// How many really are: those who are there, and with those who left and are passed over as soon as that is noticed.
fn ahead(conversation: &Conversation, here: &BTreeSet<Uuid>, stored: &Stored) -> (i64, i64) {
    let rank = |one: &Conversation| (!one.returned, -one.priority, one.ticket);
    let line = stored
        .in_state("waiting")
        .filter(|one| one.group_id == conversation.group_id);
    let before: Vec<_> = line.filter(|one| rank(one) < rank(conversation)).collect();
    let present = before.iter().filter(|one| here.contains(&one.guest_id)).count();
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (count(present), count(before.len()))
}

/// The places that a guest was told are those that were decided, in that order; all of them, for a guest who was connected
/// throughout.
fn then(seen: &Seen<Page>, stored: &Stored, found: &mut Vec<Violation>) {
    let mut told: BTreeMap<Uuid, Vec<&Told>> = BTreeMap::new();
    for one in &seen.memory.told {
        told.entry(one.conversation).or_default().push(one);
    }
    for (conversation, told) in told {
        let decided = stored.seatings_of(conversation);
        if let Some(never) = never_decided(&told, decided, stored) {
            let what = format!("a guest was told {never:?} of {conversation}, which was not decided then");
            found.push(Violation::Other(what));
        }
        if seen.welcomes == 1 && seen.is_connected {
            let told: Vec<_> = told
                .iter()
                .map(|told| (told.state.as_str(), told.with.as_str()))
                .collect();
            let mut all: Vec<_> = decided
                .iter()
                .map(|seating| (seating.state.as_str(), of_seating(seating, stored)))
                .collect();
            all.dedup();
            if told != all {
                found.push(Violation::Lost(format!(
                    "of {conversation} a guest was told {told:?}, not {all:?}"
                )));
            }
        }
    }
}

/// The first place told that is not among the decisions from the last one told on.
fn never_decided<'a>(told: &[&'a Told], decided: &[Seating], stored: &Stored) -> Option<&'a Told> {
    let mut rest = decided;
    told.iter().copied().find(|told| {
        let is_it = |seating: &Seating| seating.state == told.state && of_seating(seating, stored) == told.with;
        let found = rest.iter().position(is_it);
        rest = found.and_then(|index| rest.get(index..)).unwrap_or_default();
        found.is_none()
    })
}

fn of_conversation<'a>(one: &'a Conversation, stored: &'a Stored) -> &'a str {
    with(
        stored,
        one.agent_id,
        [&one.wait_reason, &one.missed_reason, &one.closed_by],
    )
}

fn of_seating<'a>(one: &'a Seating, stored: &'a Stored) -> &'a str {
    with(
        stored,
        one.agent_id,
        [&one.wait_reason, &one.missed_reason, &one.closed_by],
    )
}
