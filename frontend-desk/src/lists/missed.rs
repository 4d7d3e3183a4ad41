//! The missed queue of my groups: work to be done, newest first.

use super::row::guest_name;
use crate::state::Input;
use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use app::ui::{Avatar, Button, TimeAgo};
use leptos::prelude::*;
use protocol::desk::MissedEntry;

#[component]
pub(crate) fn MissedQueue() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let missed = desk.part(|state| state.missed.clone());
    let total = move || missed.with(|missed| missed.total);
    view! {
        {super::head(td_string!(t, desk.missed), total, ())}
        {move || (total() == 0).then(|| view! { <p class="list-none">{td_string!(t, desk.missed_empty)}</p> })}
        <For
            each=move || missed.get().missed
            key=|entry| (entry.conversation, entry.since, entry.last_text.clone())
            children=|entry| view! { <MissedRow entry /> }
        />
        {move || {
            let hidden = missed.with(|missed| missed.total - i32::try_from(missed.missed.len()).unwrap_or(i32::MAX));
            (hidden > 0).then(|| view! { <p class="list-none">{td_string!(t, desk.more, n = hidden)}</p> })
        }}
    }
}

#[component]
fn MissedRow(entry: MissedEntry) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let conversation = entry.conversation;
    let reason = words::missed_reason(t, entry.reason);
    let words = match entry.last_text.as_str() {
        "" if entry.guest.contact.is_empty() => reason.to_owned(),
        "" => entry.guest.contact.clone(),
        text => text.to_owned(),
    };
    let full = desk.part(|state| state.seats.used >= state.seats.seats);
    let off = Signal::derive(move || !desk.online().get() || full.get());
    view! {
        <div class="row row-action" title=reason>
            <Avatar name=entry.guest.name.clone() seed=entry.guest.id.to_string() />
            <span class="row-main">
                <span class="row-who"><span>{guest_name(t, &entry.guest)}</span></span>
                <span class="row-words block"><TimeAgo at=entry.since /> " · " {words}</span>
            </span>
            <span class="row-side">
                <Button
                    label=td_string!(t, desk.claim)
                    small=true
                    disabled=off
                    on_press=move |()| desk.apply(Input::Claimed { conversation })
                />
            </span>
        </div>
    }
}
