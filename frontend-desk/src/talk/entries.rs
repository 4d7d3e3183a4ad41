//! The rows of a conversation: what was said, with a line between days, and what is on its way below.

use crate::state::{Pending, Talk};
use domain::{Author, Body, ClientMessageId, Message, Seq, Timestamp};
use std::sync::Arc;

/// Words of one person within this time belong together.
const RUN_MS: i64 = 5 * 60_000;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entry {
    Day(Timestamp),
    Said {
        message: Arc<Message>,
        /// The first of a run has a gap above it, the last the time below it.
        first: bool,
        last: bool,
    },
    Pending(Pending),
}

/// Tells rows apart; a row that changes its looks is another row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Day(i64),
    Said(Seq, bool, bool),
    Pending(ClientMessageId, bool),
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        match self {
            Self::Day(at) => Key::Day(at.0),
            Self::Said { message, first, last } => Key::Said(message.seq, *first, *last),
            Self::Pending(pending) => Key::Pending(
                pending.id,
                matches!(pending.state, crate::state::PendingState::Failed(_)),
            ),
        }
    }
}

/// The rows of `talk`. `same_day` knows the reader's calendar.
pub(super) fn entries(
    talk: &Talk,
    pending: impl Iterator<Item = Pending>,
    same_day: impl Fn(Timestamp, Timestamp) -> bool,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut before: Option<&Arc<Message>> = None;
    let mut messages = talk.messages.values().peekable();
    while let Some(message) = messages.next() {
        if before.is_none_or(|before| !same_day(before.at, message.at)) {
            entries.push(Entry::Day(message.at));
        }
        entries.push(Entry::Said {
            message: Arc::clone(message),
            first: before.is_none_or(|before| !one_run(before, message)),
            last: messages.peek().is_none_or(|next| !one_run(message, next)),
        });
        before = Some(message);
    }
    entries.extend(pending.map(Entry::Pending));
    entries
}

fn one_run(one: &Message, next: &Message) -> bool {
    let talk = |message: &Message| matches!(message.body, Body::Text { .. });
    let same = match (&one.from, &next.from) {
        // A name may be missing from our own words that were just acknowledged.
        (Author::Agent { id: one, .. }, Author::Agent { id: next, .. }) => one == next,
        (one, next) => one == next,
    };
    same && talk(one) && talk(next) && next.at.ms_since(one.at) < RUN_MS
}
