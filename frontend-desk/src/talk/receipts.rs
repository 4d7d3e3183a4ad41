//! How far one's own words got: stored, on the guest's page, seen.

use crate::state::DeskState;
use crate::store::Desk;
use app::i18n::{locale, td_string};
use app::ui::Icon;
use app::ui::reactive::memo;
use domain::{Author, Body, ConversationId, Seq};
use leptos::prelude::*;

/// What the guest has of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reach {
    read: Seq,
    delivered: Seq,
    /// The newest of the agents' words. Its mark has a word beside it; what came before it has gone at least as far.
    newest: Option<Seq>,
}

/// The marks of one conversation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receipts(Memo<Reach>);

impl Receipts {
    pub(super) fn of(desk: Desk, id: ConversationId) -> Self {
        Self(desk.part(move |state| reach(state, id).unwrap_or_default()))
    }
}

fn reach(state: &DeskState, id: ConversationId) -> Option<Reach> {
    let talk = state.talk(id)?;
    let newest = talk.messages.values().rev().find(|message| {
        matches!(
            (&message.from, &message.body),
            (Author::Agent { .. }, Body::Text { .. })
        )
    });
    Some(Reach {
        read: talk.card.guest_read,
        delivered: talk.card.guest_delivered,
        newest: newest.map(|message| message.seq),
    })
}

/// The mark of one message.
#[component]
pub(super) fn Receipt(receipts: Receipts, seq: Seq) -> impl IntoView {
    let t = locale();
    let mark = memo(move || {
        let reach = receipts.0.get();
        (reach.read >= seq, reach.delivered >= seq, reach.newest == Some(seq))
    });
    move || {
        let (seen, delivered, newest) = mark.get();
        let (icon, text) = match (seen, delivered) {
            (true, _) => (Icon::CheckCheck, td_string!(t, desk.seen)),
            (_, true) => (Icon::CheckCheck, td_string!(t, desk.delivered)),
            _ => (Icon::Check, td_string!(t, desk.sent)),
        };
        view! {
            <span class="receipt" class:receipt-seen=seen class:receipt-newest=newest role="img" aria-label=text>
                {icon.view()}
                {newest.then(|| view! { <span aria-hidden="true">{text}</span> })}
            </span>
        }
    }
}
