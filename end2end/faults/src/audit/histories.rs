//! Both sides have what the store has.

use super::Evidence;
use super::stored::{Message, Stored};
use rig::Violation;
use rig::history::{Author, Body, Entry, History};
use uuid::Uuid;

pub(super) fn check(evidence: &Evidence, stored: &Stored, found: &mut Vec<Violation>) {
    for seen in &evidence.guests {
        let page = &seen.memory;
        for (conversation, history) in &page.record.histories {
            same("a guest", *conversation, history, stored, found);
        }
        let Some(conversation) = page.conversation.filter(|_| seen.is_connected) else {
            continue;
        };
        let whole = page.history().is_none_or(History::is_whole);
        let last = page.history().map_or(0, History::last);
        complete("a guest", conversation, whole, last, stored, found);
    }
    for seen in &evidence.desks {
        let desk = &seen.memory;
        for (conversation, history) in &desk.record.histories {
            same("a desk", *conversation, history, stored, found);
        }
        for conversation in desk.held.keys().filter(|_| seen.is_connected) {
            let last = desk.record.histories.get(conversation).map_or(0, History::last);
            complete("a desk", *conversation, true, last, stored, found);
        }
    }
}

/// Whatever a client has stands like that in the store.
fn same(who: &str, conversation: Uuid, history: &History, stored: &Stored, found: &mut Vec<Violation>) {
    let messages = stored.messages_of(conversation);
    for (seq, entry) in &history.0 {
        let index = usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX);
        let there = messages.get(index).filter(|message| message.seq == *seq);
        match there.map(entry_of) {
            Some(stored) if stored == *entry => {}
            Some(stored) => {
                let what = format!("{who} has {entry:?} as {seq} of {conversation}, the store {stored:?}");
                found.push(Violation::Other(what));
            }
            None => {
                let what = format!("{who} was told {seq} of {conversation}, which is not stored: {entry:?}");
                found.push(Violation::Lost(what));
            }
        }
    }
}

/// A client that looks at a conversation has it up to its end.
fn complete(who: &str, conversation: Uuid, whole: bool, last: i64, stored: &Stored, found: &mut Vec<Violation>) {
    let expected = stored.last_seq(conversation);
    if !whole || last != expected {
        let gaps = if whole { "" } else { ", with gaps" };
        let what = format!("{who} has {conversation} up to {last}{gaps}, the store up to {expected}");
        found.push(Violation::Lost(what));
    }
}

fn entry_of(message: &Message) -> Entry {
    Entry {
        id: message.client_id,
        author: match (message.author.as_str(), message.member_id) {
            ("guest", _) => Author::Guest,
            ("agent", Some(member)) => Author::Agent(member),
            _ => Author::System,
        },
        body: match message.kind.as_str() {
            "text" => Body::Text(message.body.clone()),
            _ => Body::Notice(message.notice()),
        },
        at: message.at,
    }
}
