//! All rows of a conversation, at the desk or in a transcript.

use super::entries::{Entry, Key, ends};
use super::receipts::Receipts;
use super::row::Row;
use crate::store::use_desk;
use app::ui::reactive::memo;
use domain::{ConversationId, Seq};
use leptos::prelude::*;
use std::collections::HashSet;

/// What all rows of a conversation share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    all: Memo<Vec<Entry>>,
    /// Those that end a run. Their time stands below them; that of the others shows under the pointer.
    ends: Memo<HashSet<Key>>,
    /// The marks of what agents wrote; a transcript has none.
    pub(super) receipts: Option<Receipts>,
    /// What comes after this was not here when the view was built: it comes into sight softly.
    pub(super) fresh_after: Seq,
}

impl Rows {
    /// The rows that `make` makes, and makes anew when what it reads changes.
    pub(super) fn of_transcript(make: impl Fn() -> Vec<Entry> + Send + Sync + 'static) -> Self {
        // Two lists are never compared: there may be hundreds of rows.
        let all = Memo::new_with_compare(move |_| make(), |_, _| true);
        Self {
            all,
            ends: memo(move || all.with(|all| ends(all))),
            receipts: None,
            fresh_after: Seq(i64::MAX),
        }
    }

    pub(super) fn of_desk(id: ConversationId, make: impl Fn() -> Vec<Entry> + Send + Sync + 'static) -> Self {
        let desk = use_desk();
        let last = desk.now(|state| state.talk(id).map(|talk| talk.card.last_seq));
        Self {
            receipts: Some(Receipts::of(desk, id)),
            fresh_after: last.unwrap_or_default(),
            ..Self::of_transcript(make)
        }
    }

    /// The row of that key is followed by another of its run.
    pub(super) fn inner(self, key: Key) -> Signal<bool> {
        Signal::derive(move || self.ends.with(|ends| !ends.contains(&key)))
    }

    pub(super) fn view(self) -> impl IntoView {
        view! { <For each=move || self.all.get() key=Entry::key children=move |entry| view! { <Row entry rows=self /> } /> }
    }
}
