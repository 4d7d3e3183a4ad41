//! Seats drawn as seats.

use super::sample::{Sample, states};
use app::i18n::{Locale, locale, td_string};
use app::ui::seats::SeatRow;
use app::ui::shell::Logo;
use app::ui::{LineDots, Seats};
use domain::Duty;
use leptos::prelude::*;

pub(super) fn samples(t: Locale) -> Vec<Sample> {
    vec![
        Sample::new("Seats", td_string!(t, showcase.seats_why), seats),
        Sample::new("LineDots", td_string!(t, showcase.line_why), line),
        Sample::new("Logo", td_string!(t, showcase.logo_why), logo),
    ]
}

fn seats() -> AnyView {
    [false, true].map(row_of_states).into_iter().collect_view().into_any()
}

fn row_of_states(large: bool) -> AnyView {
    let t = locale();
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
        (td_string!(t, showcase.serving), drawn(serving)),
        (td_string!(t, showcase.held), drawn(SeatRow { held: true, ..serving })),
        (td_string!(t, showcase.over), drawn(SeatRow { used: 5, ..serving })),
        (td_string!(t, showcase.resting), drawn(resting)),
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
