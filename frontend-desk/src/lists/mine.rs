//! My conversations. A row keeps its place and its size whatever happens in it.

use super::row::Words;
use super::section::{Rows, Section};
use super::vacant::Vacant;
use crate::address;
use crate::guest::{GuestMark, guest_name};
use crate::state::{DeskState, Talk};
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use app::ui::time_ago::Lasting;
use app::ui::{Badge, Icon, warmth};
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn Mine() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let ids = desk.part(|state| {
        state
            .mine_in_order()
            .iter()
            .map(|talk| talk.card.id)
            .collect::<Vec<_>>()
    });
    let count = Signal::derive(move || i32::try_from(ids.with(Vec::len)).unwrap_or(i32::MAX));
    let none = memo(move || ids.with(Vec::is_empty));
    view! {
        <Section name=td_string!(t, desk.mine) key="mine" count>
            {move || {
                none.get()
                    .then(|| {
                        view! {
                            <p class="list-none wide-only">{td_string!(t, desk.mine_empty)}</p>
                            <div class="phone-only">
                                <Vacant />
                            </div>
                        }
                    })
            }}
            <Rows ids row=|id| view! { <MineRow id /> }.into_any() />
        </Section>
    }
}

#[component]
fn MineRow(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let of = move |state: &DeskState, part: fn(&Talk) -> bool| state.talk(id).is_some_and(part);
    let guest = desk.part(move |state| Some(state.talk(id)?.card.guest.clone()));
    let here = desk.part(move |state| of(state, |talk| talk.card.guest_here));
    let unanswered = desk.part(move |state| of(state, |talk| !talk.card.answered));
    let unread = desk.part(move |state| state.talk(id).map_or(0, |talk| talk.card.unread));
    let current = desk.part(move |state| state.open == Some(id));
    let presence = Signal::derive(move || desk.online().get().then(|| here.get()));
    let wants_reading = move || unread.get() > 0;
    view! {
        <a
            class="row"
            class:row-unread=wants_reading
            href=address::of(id)
            data-stop
            aria-current=move || current.get().then_some("page")
        >
            {move || guest.get().map(|guest| view! { <GuestMark guest here=presence /> })}
            <span class="row-who">
                <bdi class="truncate">{move || guest.get().map(|guest| guest_name(t, &guest))}</bdi>
                {move || {
                    unanswered
                        .get()
                        .then(|| view! { <span class="tag tag-waiting">{td_string!(t, desk.new_guest)}</span> })
                }}
            </span>
            <LastWords id />
            <span class="row-side">
                <Waiting id />
                <Badge count=unread label=Signal::derive(move || td_string!(t, desk.unread, n = unread.get())) />
            </span>
        </a>
    }
}

/// What was said last, or that the guest is typing.
#[component]
fn LastWords(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let typing = desk.part(move |state| state.talk(id).is_some_and(|talk| !talk.typing.is_empty()));
    let last = desk.part(move |state| {
        state
            .talk(id)
            .map(|talk| talk.card.last_text.clone())
            .unwrap_or_default()
    });
    move || {
        if typing.get() {
            view! { <span class="row-words row-typing">{Icon::Ellipsis.view()} {td_string!(t, desk.typing)}</span> }
                .into_any()
        } else {
            view! { <Words text=last.get() none=td_string!(t, desk.no_words_yet) /> }.into_any()
        }
    }
}

/// How long the guest has been waiting for a reply.
#[component]
fn Waiting(id: ConversationId) -> impl IntoView {
    let (desk, clock) = (use_desk(), use_clock());
    let since = desk.part(move |state| {
        let card = &state.talk(id)?.card;
        card.waiting_since.or((!card.answered).then_some(card.seated_at))
    });
    move || {
        since
            .get()
            .map(|since| view! { <span class=move || warmth(since, clock.now())><Lasting since /></span> })
    }
}
