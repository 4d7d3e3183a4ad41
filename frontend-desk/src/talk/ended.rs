//! The foot of a conversation that one cannot write in: why, what was kept, and where to go from here.

use super::drafts::Draft;
use crate::address;
use crate::state::Ended;
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::reactive::effect;
use app::ui::{CopyButton, Icon, guest_name};
use domain::{ClosedBy, ConversationId};
use leptos::{html, prelude::*};
use protocol::desk::Gone;

/// After a conversation of the agent's own.
#[component]
pub(super) fn EndedFoot(id: ConversationId, ended: Ended) -> impl IntoView {
    let t = locale();
    let node = NodeRef::<html::Footer>::new();
    // Who was writing when it ended does not lose the keyboard's place, and presses nothing by accident.
    effect(move || {
        let lost = document()
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY");
        if let Some(foot) = node.get().filter(|_| lost) {
            drop(foot.focus());
        }
    });
    view! {
        <footer node_ref=node class="talk-foot" tabindex="-1">
            <p role="status">{ended_words(t, ended)}</p>
            <Unsent id />
            <Next />
        </footer>
    }
}

/// What was written and cannot be sent here any more.
#[component]
pub(super) fn Unsent(id: ConversationId) -> impl IntoView {
    let t = locale();
    let draft = Draft::of(id).text();
    (!draft.trim().is_empty()).then(|| {
        view! {
            <div class="talk-unsent">
                <span class="text-quiet">{td_string!(t, desk.draft_kept)}</span>
                <span class="talk-unsent-text" dir="auto">{draft.clone()}</span>
                <CopyButton text=Signal::stored(draft) />
            </div>
        }
    })
}

/// The way to the guest who waits longest, or back to the lists.
#[component]
pub(super) fn Next() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let next = desk.part(|state| state.next().map(|talk| (talk.card.id, talk.card.guest.clone())));
    move || match next.get() {
        Some((id, guest)) => {
            let name = guest_name(t, guest.id, &guest.name);
            view! {
                <a class="btn btn-plain" href=address::of(id)>
                    {td_string!(t, desk.next, name = name)}
                    {Icon::ArrowRight.view()}
                </a>
            }
            .into_any()
        }
        None => view! { <a class="btn btn-plain phone-only" href=address::BASE>{td_string!(t, desk.to_inbox)}</a> }
            .into_any(),
    }
}

/// Why it is not mine any more.
fn ended_words(t: Locale, ended: Ended) -> String {
    match ended {
        Ended::WhileAway => td_string!(t, desk.ended_away).to_owned(),
        Ended::Gone(Gone::Closed { by: ClosedBy::Agent }) => td_string!(t, desk.ended_closed).to_owned(),
        Ended::Gone(Gone::Closed { by }) => words::closed_by(t, by).to_owned(),
        Ended::Gone(Gone::Moved { reason }) => td_string!(t, desk.ended_moved, reason = words::wait_reason(t, reason)),
        Ended::Gone(Gone::Unknown) => td_string!(t, reject.no_conversation).to_owned(),
        Ended::Gone(Gone::Transferred) => td_string!(t, desk.ended_transferred).to_owned(),
        Ended::Gone(Gone::Missed { reason }) => {
            td_string!(t, desk.ended_missed, reason = words::missed_reason(t, reason))
        }
    }
}
