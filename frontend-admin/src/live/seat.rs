//! One square of the floor plan, and how one moves along a row of them by keys.

use super::card::use_card;
use super::plan::Square;
use super::scene::use_scene;
use app::i18n::locale;
use app::ui::float::target;
use app::ui::reactive::memo;
use app::ui::seats::Seat;
use app::ui::{guest_name, warmth};
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// A square. Who sits in it is told by the card, on hover and on focus.
#[component]
pub(super) fn SeatSquare(
    square: Memo<Square>,
    /// A conversation more than the agent has seats.
    over: Signal<bool>,
    /// The agent's connection is lost, and the seats are held.
    held: Signal<bool>,
    /// Whether the tab key leads here; the arrow keys lead on.
    first: Signal<bool>,
) -> impl IntoView {
    let (t, scene, card) = (locale(), use_scene(), use_card());
    let node = NodeRef::<html::Span>::new();
    let kind = move || match square.with(Option::is_some) {
        false => Seat::Free,
        true if over.get() => Seat::Over,
        true if held.get() => Seat::Held,
        true => Seat::Taken,
    };
    let owed = memo(move || square.with(|square| square.as_ref().and_then(|seat| seat.waiting_since)));
    let warm = memo(move || owed.get().map_or("warm-0", |since| warmth(since, scene.now())));
    let name = memo(move || {
        let named = |square: &Square| square.as_ref().map(|seat| guest_name(t, seat.guest, &seat.guest_name));
        square.with(named)
    });
    let show = move || {
        if let (true, Some(node)) = (name.with_untracked(Option::is_some), node.get_untracked()) {
            card.show(node.into(), square);
        }
    };
    view! {
        <span
            node_ref=node
            class=move || kind().class()
            class:seat-waited-for=move || warm.get() != "warm-0"
            class:seat-waited-for-long=move || warm.get() == "warm-2"
            role=move || name.with(Option::is_some).then_some("img")
            aria-label=name
            aria-hidden=move || name.with(Option::is_none).then_some("true")
            aria-describedby=move || name.with(Option::is_some).then_some(super::card::ID)
            tabindex=move || name.with(Option::is_some).then(|| if first.get() { "0" } else { "-1" })
            on:pointerenter=move |event| {
                if event.pointer_type() == "mouse" {
                    show();
                }
            }
            on:pointerleave=move |_| card.hide()
            on:focus=move |_| show()
            on:blur=move |_| card.hide()
        ></span>
    }
}

/// The arrow keys lead from seat to seat; Escape puts the card away.
pub(super) fn move_between_seats(event: &ev::KeyboardEvent) {
    let step: fn(&Element) -> Option<Element> = match event.key().as_str() {
        "ArrowRight" => Element::next_element_sibling,
        "ArrowLeft" => Element::previous_element_sibling,
        _ => return,
    };
    let taken = |seat: &Element| seat.has_attribute("tabindex");
    let mut next = target(event).and_then(|seat| step(&seat));
    while let Some(seat) = next.take_if(|seat| !taken(seat)) {
        next = step(&seat);
    }
    if let Some(seat) = next.and_then(|seat| seat.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        drop(seat.focus());
    }
}
