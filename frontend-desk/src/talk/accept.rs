//! A guest who was just seated waits for a sign; if none comes they move on.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::clock::use_clock;
use app::ui::time_ago::lasted;
use app::ui::{Button, Kind};
use domain::{ConversationId, Epoch, Timestamp};
use leptos::prelude::*;
use protocol::desk::DeskFrame;

/// So little time is shown in the colour of waiting.
const SOON_MS: i64 = 15_000;

/// What is asked of the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Offer {
    epoch: Epoch,
    seated_at: Timestamp,
    accept_by: Option<Timestamp>,
}

#[component]
pub(super) fn AcceptBar(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let offer = desk.part(move |state| {
        let talk = state.talk(id)?;
        (talk.ended.is_none() && !talk.card.answered).then_some(Offer {
            epoch: talk.card.epoch,
            seated_at: talk.card.seated_at,
            accept_by: talk.card.accept_by,
        })
    });
    view! { <div>{move || offer.get().map(|offer| view! { <Bar id offer /> })}</div> }
}

#[component]
fn Bar(id: ConversationId, offer: Offer) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let offline = Signal::derive(move || !desk.online().get());
    let accept = move |()| {
        desk.ask(DeskFrame::Accept {
            conversation: id,
            epoch: offer.epoch,
        });
    };
    view! {
        <div class="accept">
            <p class="grow" role="status">
                <b>{td_string!(t, desk.accept_title)}</b>
                <span class="wide-only">" " {td_string!(t, desk.accept_text)}</span>
            </p>
            {offer.accept_by.map(|by| view! { <Countdown from=offer.seated_at by /> })}
            <Button
                label=td_string!(t, desk.accept)
                kind=Kind::Main
                small=true
                disabled=offline
                on_press=accept
            />
        </div>
    }
}

/// How long the guest stays, as a figure and as a line that shortens. Not read out: it would never stop.
#[component]
fn Countdown(from: Timestamp, by: Timestamp) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let left_ms = move || by.ms_since(clock.now()).max(0);
    let share = move || {
        let whole_ms = by.ms_since(from).max(1);
        format!("--left: {}%", (left_ms() * 100 / whole_ms).min(100))
    };
    view! {
        <span class="figures" class:accept-soon=move || left_ms() < SOON_MS aria-hidden="true">
            {move || td_string!(t, desk.accept_left, time = lasted(t, left_ms()))}
        </span>
        <span class="accept-line" style=share aria-hidden="true"></span>
    }
}
