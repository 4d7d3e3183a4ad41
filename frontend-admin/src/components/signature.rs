//! Seats drawn as seats.

use super::sample::{Sample, states};
use app::ui::seats::SeatRow;
use app::ui::shell::Logo;
use app::ui::{LineDots, Seats};
use domain::Duty;
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Seats",
            "The signature, with one meaning everywhere: filled is a conversation, a ring is free, half-filled and pulsing is held, grey takes no new guests, amber is one beyond the seats.",
            seats,
        ),
        Sample::new(
            "LineDots",
            "People in line, ending at the seat they wait for; at most six dots, a number tells the rest.",
            line,
        ),
        Sample::new("Logo", "Three seats, two of them taken.", logo),
    ]
}

fn seats() -> AnyView {
    [false, true].map(row_of_states).into_iter().collect_view().into_any()
}

fn row_of_states(large: bool) -> AnyView {
    let drawn = |row: SeatRow| view! { <Seats row=Signal::stored(row) large /> }.into_any();
    let serving = SeatRow {
        duty: Duty::On,
        seats: 4,
        used: 2,
        ..SeatRow::default()
    };
    let resting = SeatRow {
        duty: Duty::Break,
        ..serving
    };
    states(vec![
        ("On duty", drawn(serving)),
        ("Held", drawn(SeatRow { held: true, ..serving })),
        ("Beyond the seats", drawn(SeatRow { used: 5, ..serving })),
        ("On break or off", drawn(resting)),
    ])
}

fn line() -> AnyView {
    let dots = |waiting: i32| view! { <LineDots waiting=Signal::stored(waiting) /> }.into_any();
    states(vec![("0", dots(0)), ("1", dots(1)), ("4", dots(4)), ("60", dots(60))])
}

fn logo() -> AnyView {
    states(vec![
        ("Logo", view! { <Logo /> }.into_any()),
        ("large", view! { <Logo large=true /> }.into_any()),
    ])
}
