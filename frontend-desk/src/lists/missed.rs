//! The missed queue of my groups, newest first, as far as there is room beside the conversations; the whole of it is a
//! page of its own.

use super::quote::quote;
use super::section::{Rows, Section};
use crate::address::{self, MISSED};
use crate::claim::ClaimButton;
use crate::guest::{GuestMark, guest_name};
use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use app::ui::TimeAgo;
use domain::ConversationId;
use leptos::prelude::*;

/// So many are shown here.
const SHOWN: usize = 4;

#[component]
pub(super) fn MissedQueue() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let total = desk.part(|state| state.missed.total);
    let ids = desk.part(|state| {
        let first = state.missed.missed.iter().take(SHOWN);
        first.map(|entry| entry.conversation).collect::<Vec<_>>()
    });
    let more = move || usize::try_from(total.get()).is_ok_and(|total| total > SHOWN);
    view! {
        <Section name=td_string!(t, desk.missed) key="missed" count=total>
            {move || (total.get() == 0).then(|| view! { <p class="list-none">{td_string!(t, desk.missed_empty)}</p> })}
            <Rows ids row=|id| view! { <MissedRow id /> }.into_any() />
            {move || {
                more()
                    .then(|| {
                        view! {
                            <div class="list-more">
                                <a class="btn btn-quiet btn-sm" href=MISSED data-stop>
                                    {move || td_string!(t, desk.show_all, n = total.get())}
                                </a>
                            </div>
                        }
                    })
            }}
        </Section>
    }
}

#[component]
fn MissedRow(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let this = desk.part(move |state| state.missed_entry(id).cloned());
    let current = desk.part(move |state| state.open == Some(id));
    let who = Signal::derive(move || this.with(|entry| entry.as_ref().map(|entry| guest_name(t, &entry.guest))));
    view! {
        <div class="row row-missed" class:row-current=current>
            {move || {
                let entry = this.get()?;
                let here = Signal::derive(move || desk.online().get().then_some(entry.guest_here));
                let text = quote(t, &entry);
                Some(
                    view! {
                        <GuestMark guest=entry.guest here />
                        <span class="row-who">
                            <a
                                class="row-opens truncate"
                                href=address::of(id)
                                data-stop
                                aria-current=move || current.get().then_some("page")
                            >
                                <bdi>{who}</bdi>
                            </a>
                        </span>
                        <span class="row-side">
                            <TimeAgo at=entry.since />
                        </span>
                        <span class="row-quote" class:row-silent=text.is_silence dir="auto">
                            {text.words}
                        </span>
                        <span class="row-reason">{words::missed_reason(t, entry.reason)}</span>
                    },
                )
            }}
            <span class="row-claim">
                <ClaimButton conversation=id who=Signal::derive(move || who.get().unwrap_or_default()) />
            </span>
        </div>
    }
}
