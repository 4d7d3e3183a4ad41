//! One missed guest.

use crate::address;
use crate::claim::ClaimButton;
use crate::guest::{GuestMark, guest_name};
use crate::lists::quote::quote;
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::{CopyButton, Icon, TimeAgo};
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn Entry(
    id: ConversationId,
    /// Tab leads here; the other entries are reached with the arrow keys.
    #[prop(into)]
    reachable: Signal<bool>,
) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let this = desk.part(move |state| state.missed_entry(id).cloned());
    let group = desk.part(move |state| state.group_name(state.missed_entry(id)?.group));
    let who = Signal::derive(move || {
        let name = this.with(|entry| entry.as_ref().map(|entry| guest_name(t, &entry.guest)));
        name.unwrap_or_default()
    });
    view! {
        <li class="work" tabindex=move || if reachable.get() { "0" } else { "-1" }>
            {move || {
                let entry = this.get()?;
                let here = Signal::derive(move || desk.online().get().then_some(entry.guest_here));
                let quote = quote(t, &entry);
                let contact = entry.guest.contact.clone();
                Some(
                    view! {
                        <GuestMark guest=entry.guest here />
                        <div class="work-who">
                            <a class="work-name" href=address::of(id)>
                                <bdi>{who}</bdi>
                            </a>
                            <span>{words::missed_reason(t, entry.reason)}</span>
                            {move || {
                                (here.get() == Some(true))
                                    .then(|| view! { <span class="work-here">{td_string!(t, desk.here_now)}</span> })
                            }}
                            {move || group.get().map(|group| view! { <span class="tag">{group}</span> })}
                        </div>
                        <div class="work-since">
                            <TimeAgo at=entry.since />
                        </div>
                        <div class="work-words" class:row-silent=quote.is_silence dir="auto">
                            {quote.words}
                        </div>
                        <div class="work-contact">{reach(t, contact)}</div>
                    },
                )
            }}
            <div class="work-claim">
                <ClaimButton conversation=id who />
            </div>
        </li>
    }
}

/// How to reach the guest.
fn reach(t: Locale, contact: String) -> AnyView {
    if contact.is_empty() {
        return view! { <span class="row-silent">{td_string!(t, desk.no_contact)}</span> }.into_any();
    }
    let text = contact.clone();
    view! {
        {Icon::Mail.view()}
        <bdi class="truncate">{contact}</bdi>
        <CopyButton text=Signal::stored(text) label=td_string!(t, desk.copy_contact) />
    }
    .into_any()
}
