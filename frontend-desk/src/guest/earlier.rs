//! What the guest talked about before.

use app::api::conversation::{ConversationSummary, earlier};
use app::i18n::{Locale, locale, td_string};
use app::ui::{Loader, TimeAgo};
use domain::{ConversationId, ConversationState, GuestId};
use leptos::prelude::*;

#[component]
pub(super) fn Earlier(guest: GuestId, conversation: ConversationId) -> impl IntoView {
    let t = locale();
    let loader = Loader::new(move || earlier(guest));
    let list = loader.show(3, move |all| {
        let rows: Vec<_> = all
            .iter()
            .filter(|one| one.id != conversation)
            .map(|one| row(t, one))
            .collect();
        if rows.is_empty() {
            view! { <p class="text-sm text-quiet">{td_string!(t, desk.no_earlier)}</p> }.into_any()
        } else {
            view! { <ol class="grid gap-2 text-sm">{rows}</ol> }.into_any()
        }
    });
    view! {
        <section class="panel-section">
            <h2>{td_string!(t, desk.earlier)}</h2>
            {list}
        </section>
    }
}

fn row(t: Locale, one: &ConversationSummary) -> impl IntoView + use<> {
    let state = match one.state {
        ConversationState::Seated => td_string!(t, desk.state_seated),
        ConversationState::Waiting => td_string!(t, desk.state_waiting),
        ConversationState::Missed => td_string!(t, desk.state_missed),
        ConversationState::Closed => td_string!(t, desk.state_closed),
    };
    let (at, last_text) = (one.since, one.last_text.clone());
    view! {
        <li class="grid gap-0.5">
            <div class="flex gap-2 text-xs text-quiet"><span class="grow">{state}</span><TimeAgo at /></div>
            <div class="truncate">{last_text}</div>
        </li>
    }
}
