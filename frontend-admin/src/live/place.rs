//! One agent's place: who it is, how they stand, their seats.

use super::plan::{Square, arrange};
use super::scene::{Lasted, use_scene};
use super::seat::{SeatSquare, move_between_seats};
use super::standing::{Standing, seat_row};
use app::i18n::{locale, td_string};
use app::ui::Avatar;
use app::ui::names::name_or;
use app::ui::reactive::memo;
use app::ui::seats::SeatRow;
use domain::MemberId;
use domain::live::LiveAgent;
use leptos::prelude::*;

/// The place stays for as long as the agent is shown; only what has changed in it is drawn anew.
#[component]
pub(super) fn Place(id: MemberId) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let agent = Memo::new(move |before: Option<&Option<LiveAgent>>| {
        // Who has just been taken away is shown as they were until the row is gone.
        scene.agent(id).or_else(|| before.cloned().flatten())
    });
    let part = move |pick: fn(&LiveAgent) -> String| {
        memo(move || agent.with(|agent| agent.as_ref().map(pick)).unwrap_or_default())
    };
    let name = part(|agent| name_or(&agent.name, || agent.id.to_string()));
    let standing = memo(move || agent.with(|agent| agent.as_ref().map_or(Standing::Off, Standing::of)));
    let row = memo(move || agent.with(|agent| agent.as_ref().map(seat_row).unwrap_or_default()));
    let since = memo(move || {
        let aged = standing.get().has_age();
        agent
            .with(|agent| agent.as_ref().and_then(|agent| agent.duty_since))
            .filter(|_| aged)
    });
    view! {
        <li class="live-place">
            {move || view! { <Avatar name=name.get() seed=id.to_string() /> }}
            <div class="live-who">
                <div class="truncate">{name}</div>
                <div
                    class="live-standing"
                    data-tone=move || standing.get().tone()
                    data-tip=move || standing.get().meaning(t)
                >
                    {move || standing.get().mark()} <span class="truncate">{move || standing.get().words(t)}</span>
                    {move || since.get().map(|since| view! { <span class="live-age"><Lasted since /></span> })}
                </div>
            </div>
            <SeatPlan agent row />
            <span class="live-use figures" aria-hidden="true">
                {move || match row.get() {
                    SeatRow { seats: 0, used: 0, .. } => td_string!(t, seats.none).to_owned(),
                    SeatRow { seats, used, .. } => format!("{used}/{seats}"),
                }}
            </span>
        </li>
    }
}

#[component]
fn SeatPlan(agent: Memo<Option<LiveAgent>>, row: Memo<SeatRow>) -> impl IntoView {
    let t = locale();
    let squares = Memo::new(move |before: Option<&Vec<Square>>| {
        let before = before.map(Vec::as_slice).unwrap_or_default();
        agent.with(|agent| agent.as_ref().map(|agent| arrange(before, agent)).unwrap_or_default())
    });
    let count = memo(move || squares.with(Vec::len));
    let first_taken = memo(move || squares.with(|squares| squares.iter().position(Option::is_some)));
    let seats = memo(move || usize::try_from(row.get().seats).unwrap_or_default());
    let held = Signal::derive(move || row.get().held);
    let square = move |index: usize| {
        let square = memo(move || squares.with(|squares| squares.get(index).cloned().flatten()));
        let over = Signal::derive(move || index >= seats.get());
        let first = Signal::derive(move || first_taken.get() == Some(index));
        view! { <SeatSquare square over held first /> }
    };
    view! {
        <div
            class="seats seats-large live-seats"
            class:seats-resting=move || row.get().at_rest()
            role="group"
            aria-label=move || row.get().in_words(t)
            on:keydown=move |event| move_between_seats(&event)
        >
            <For each=move || 0..count.get() key=|index| *index children=square />
        </div>
    }
}
