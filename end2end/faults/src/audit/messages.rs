//! No acknowledged message lost, none doubled, none out of order.

use super::{Evidence, stored::Stored};
use rig::Violation;
use rig::sent::{Fate, Sent};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) fn check(evidence: &Evidence, stored: &Stored, found: &mut Vec<Violation>) {
    numbers(stored, found);
    let mut places: HashMap<Uuid, Vec<(Uuid, i64)>> = HashMap::new();
    for message in stored.messages.values().flatten() {
        if let Some(id) = message.client_id {
            places
                .entry(id)
                .or_default()
                .push((message.conversation_id, message.seq));
        }
    }
    let mut known = 0;
    for book in evidence.books() {
        for sent in book.all() {
            let at = places.get(&sent.id).map_or(&[][..], Vec::as_slice);
            known += at.len();
            fate(sent, at, stored, found);
        }
        order(book.all(), found);
    }
    let there: usize = places.values().map(Vec::len).sum();
    if there != known {
        found.push(Violation::Other(format!(
            "{there} messages are stored, of which clients know {known}"
        )));
    }
}

/// `seq` counts 1, 2, 3, … in each conversation.
fn numbers(stored: &Stored, found: &mut Vec<Violation>) {
    for (conversation, messages) in &stored.messages {
        let gap = messages.iter().zip(1..).find(|(message, seq)| message.seq != *seq);
        if let Some((message, seq)) = gap {
            let what = format!("{conversation} has {} where {seq} should be", message.seq);
            found.push(Violation::Lost(what));
        }
    }
}

fn fate(sent: &Sent, at: &[(Uuid, i64)], stored: &Stored, found: &mut Vec<Violation>) {
    let Sent { id, text, fate, .. } = sent;
    if at.len() > 1 {
        found.push(Violation::Doubled(format!("{id} is stored as {at:?}")));
    }
    match fate {
        Fate::Acknowledged {
            conversation,
            seq,
            at: when,
        } => {
            let messages = stored.messages_of(*conversation).iter();
            let there = messages
                .filter(|message| message.seq == *seq)
                .any(|message| message.client_id == Some(*id) && message.body == *text && message.at == *when);
            if !there {
                found.push(Violation::Lost(format!(
                    "{id}, acknowledged as {seq} of {conversation}"
                )));
            }
        }
        Fate::Rejected(code) if !at.is_empty() => {
            found.push(Violation::Other(format!("{id} was rejected as {code}, and is stored")));
        }
        Fate::Rejected(_) => {}
        Fate::Open => found.push(Violation::Other(format!("{id} has got no answer"))),
    }
}

/// What one client sent to a conversation stands there in the order in which it was sent.
fn order(all: &[Sent], found: &mut Vec<Violation>) {
    let mut last: HashMap<Uuid, i64> = HashMap::new();
    for sent in all {
        let Fate::Acknowledged { conversation, seq, .. } = &sent.fate else {
            continue;
        };
        let before = last.insert(*conversation, *seq);
        if before.is_some_and(|before| before >= *seq) {
            let what = format!(
                "{} stands at {seq} of {conversation}, before what was sent before it",
                sent.id
            );
            found.push(Violation::Disorder(what));
        }
    }
}
