//! No conversations: why, and what would bring one.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::{Button, Empty, Icon, Kind};
use domain::Duty;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

/// Why there are no conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vacancy {
    /// No guest is ever routed to who is in no member group.
    NoGroup,
    NoSeats,
    /// The banner says why none comes.
    Away,
    OffDuty,
    OnBreak,
    /// The next guest comes here.
    Ready,
}

/// Says so in the middle, or in the list on a phone, which has no middle.
#[component]
pub(crate) fn Vacant() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let vacancy = desk.part(|state| match state.seats.duty {
        _ if !state.groups.iter().any(|group| group.mine) => Vacancy::NoGroup,
        _ if state.seats.seats == 0 => Vacancy::NoSeats,
        Duty::On if state.seats.away => Vacancy::Away,
        Duty::On => Vacancy::Ready,
        Duty::Break => Vacancy::OnBreak,
        Duty::Off => Vacancy::OffDuty,
    });
    let offline = Signal::derive(move || !desk.online().get());
    move || {
        let vacancy = vacancy.get();
        let (icon, title, text) = match vacancy {
            Vacancy::NoGroup => (
                Icon::Users,
                td_string!(t, desk.no_group),
                td_string!(t, desk.no_group_text),
            ),
            Vacancy::NoSeats => (
                Icon::Armchair,
                td_string!(t, desk.no_seats),
                td_string!(t, desk.no_seats_text),
            ),
            Vacancy::Away => (
                Icon::Hand,
                td_string!(t, desk.mine_empty),
                td_string!(t, desk.mine_empty_away),
            ),
            Vacancy::OffDuty => (
                Icon::Power,
                td_string!(t, desk.off_empty),
                td_string!(t, desk.off_empty_text),
            ),
            Vacancy::OnBreak => (
                Icon::Coffee,
                td_string!(t, desk.break_empty),
                td_string!(t, desk.break_empty_text),
            ),
            Vacancy::Ready => (
                Icon::Armchair,
                td_string!(t, desk.mine_empty),
                td_string!(t, desk.mine_empty_on),
            ),
        };
        let go_on_duty = matches!(vacancy, Vacancy::OffDuty | Vacancy::OnBreak).then(|| {
            view! {
                <Button
                    label=td_string!(t, desk.go_on_duty)
                    kind=Kind::Main
                    small=true
                    disabled=offline
                    on_press=move |()| desk.ask(DeskFrame::Duty { duty: Duty::On })
                />
            }
        });
        view! { <Empty icon title text>{go_on_duty}</Empty> }
    }
}
