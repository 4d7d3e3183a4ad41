//! What the guest talked about before; each conversation opens to be read at the side.

use crate::talk::Transcript;
use app::api::conversation::{ConversationSummary, earlier};
use app::i18n::{Locale, locale, td_string};
use app::ui::names::{is_blank, tame};
use app::ui::time_ago::date;
use app::ui::{Loader, Sheet, TimeAgo};
use domain::{ConversationId, ConversationState, GuestId};
use leptos::prelude::*;

#[component]
pub(super) fn Earlier(guest: GuestId, conversation: ConversationId) -> impl IntoView {
    let t = locale();
    let loader = Loader::new(move || earlier(guest));
    let (open, reading) = (RwSignal::new(false), RwSignal::new(None::<ConversationSummary>));
    let list = loader.show(2, move |all| {
        let others = all.into_iter().filter(|one| one.id != conversation);
        let rows: Vec<_> = others
            .map(|one| {
                let read = one.clone();
                let press = move |_| {
                    reading.set(Some(read.clone()));
                    open.set(true);
                };
                view! {
                    <li>
                        <button type="button" class="guest-earlier" on:click=press>
                            {row(t, &one)}
                        </button>
                    </li>
                }
            })
            .collect();
        if rows.is_empty() {
            view! { <p class="guest-none">{td_string!(t, desk.no_earlier)}</p> }.into_any()
        } else {
            view! { <ol>{rows}</ol> }.into_any()
        }
    });
    view! {
        <section class="guest-section">
            <h3>{td_string!(t, desk.earlier)}</h3>
            {list}
        </section>
        {move || {
            reading
                .get()
                .map(|one| {
                    let title = format!("{} · {}", date(t, one.created_at), state_name(t, one.state));
                    view! {
                        <Sheet open title>
                            <div class="sheet-transcript">
                                <Transcript conversation=one.id />
                            </div>
                        </Sheet>
                    }
                })
        }}
    }
}

fn row(t: Locale, one: &ConversationSummary) -> impl IntoView + use<> {
    let (at, last_text) = (one.created_at, one.last_text.clone());
    let words = if is_blank(&last_text) {
        view! { <span class="text-quiet">{td_string!(t, desk.no_words)}</span> }.into_any()
    } else {
        view! { <span dir="auto">{tame(&last_text)}</span> }.into_any()
    };
    view! {
        <span class="guest-earlier-head">
            <span class="grow">{state_name(t, one.state)}</span>
            <TimeAgo at />
        </span>
        <span class="truncate">{words}</span>
    }
}

fn state_name(t: Locale, state: Option<ConversationState>) -> &'static str {
    match state {
        Some(ConversationState::Seated) => td_string!(t, desk.state_seated),
        Some(ConversationState::Waiting) => td_string!(t, desk.state_waiting),
        Some(ConversationState::Missed) => td_string!(t, desk.state_missed),
        Some(ConversationState::Closed) => td_string!(t, desk.state_closed),
        None => td_string!(t, desk.state_unknown),
    }
}
