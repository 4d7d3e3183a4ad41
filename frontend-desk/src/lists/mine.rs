//! My conversations.

use super::row::{guest_name, warmth};
use crate::address;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::Avatar;
use app::ui::clock::use_clock;
use app::ui::time_ago::Lasting;
use domain::{ConversationId, Duty};
use leptos::prelude::*;

#[component]
pub(crate) fn Mine() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let ids = desk.part(|state| {
        state
            .mine_in_order()
            .iter()
            .map(|talk| talk.card.id)
            .collect::<Vec<_>>()
    });
    let none = desk.part(|state| (state.mine().next().is_none() && state.welcomed).then_some(state.seats));
    let count = move || i32::try_from(ids.with(Vec::len)).unwrap_or(i32::MAX);
    view! {
        {super::head(td_string!(t, desk.mine), count, ())}
        {move || {
            none.get()
                .map(|seats| {
                    let text = match seats.duty {
                        _ if seats.seats == 0 => td_string!(t, desk.no_seats),
                        // The banner says why none comes.
                        Duty::On if seats.away => "",
                        Duty::On => td_string!(t, desk.mine_empty_on),
                        Duty::Break | Duty::Off => td_string!(t, desk.mine_empty_off),
                    };
                    view! { <p class="list-none">{text}</p> }
                })
        }}
        <For each=move || ids.get() key=|id| *id children=|id| view! { <MineRow id /> } />
    }
}

#[component]
fn MineRow(id: ConversationId) -> impl IntoView {
    let (t, desk, clock) = (locale(), use_desk(), use_clock());
    let card = desk.part(move |state| state.talk(id).map(|talk| talk.card.clone()));
    let typing = desk.part(move |state| state.talk(id).is_some_and(|talk| !talk.typing.is_empty()));
    let current = desk.part(move |state| state.open == Some(id));
    let words = move |last_text: String| {
        if typing.get() {
            td_string!(t, desk.typing).to_owned()
        } else if last_text.is_empty() {
            td_string!(t, desk.no_words_yet).to_owned()
        } else {
            last_text
        }
    };
    view! {
        <a class="row" href=address::of(id) aria-current=move || current.get().then_some("page")>
            {move || {
                let card = card.get()?;
                let name = guest_name(t, &card.guest);
                let since = card.waiting_since.or((!card.answered).then_some(card.seated_at));
                let unread = card.unread;
                Some(
                    view! {
                        <span class="presence" class:presence-gone=!card.guest_here>
                            <Avatar name=card.guest.name.clone() seed=card.guest.id.to_string() />
                        </span>
                        <span class="row-main">
                            <span class="row-who">
                                <span>{name}</span>
                                {(!card.answered)
                                    .then(|| view! { <span class="tag tag-waiting">{td_string!(t, desk.new_guest)}</span> })}
                            </span>
                            <span class="row-words block">{words(card.last_text)}</span>
                        </span>
                        <span class="row-side">
                            {since
                                .map(|since| {
                                    view! { <span class=move || warmth(since, clock.now())><Lasting since /></span> }
                                })}
                            {(unread > 0)
                                .then(|| {
                                    view! {
                                        <span class="count" aria-label=td_string!(t, desk.unread, n = unread)>
                                            {unread}
                                        </span>
                                    }
                                })}
                        </span>
                    },
                )
            }}
        </a>
    }
}
