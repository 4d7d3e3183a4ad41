//! My seats and whether I take guests.

use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use app::ui::seats::SeatRow;
use app::ui::{Confirm, Icon, Menu, MenuItem, Seats};
use domain::Duty;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

/// The row of seats with the duty beside it; pressed, it offers the three.
#[component]
pub(crate) fn DutySwitch() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let (open, leaving) = (RwSignal::new(false), RwSignal::new(false));
    let seats = desk.part(|state| state.seats);
    let online = desk.online();
    let row = Signal::derive(move || {
        let seats = seats.get();
        SeatRow {
            duty: seats.duty,
            seats: seats.seats,
            used: seats.used,
            held: false,
            resting: seats.away || !online.get(),
        }
    });
    let go = move |duty| desk.ask(DeskFrame::Duty { duty });
    let choose = move |duty| {
        open.set(false);
        let now = seats.get_untracked();
        if duty == Duty::Off && now.used > 0 {
            leaving.set(true);
        } else if duty != now.duty || now.away {
            go(duty);
        }
    };
    let trigger = move || {
        view! {
            <Seats row />
            <span>{move || words::duty(t, seats.get().duty)}</span>
            {Icon::ChevronDown.view()}
        }
    };
    let item = move |duty, icon: Icon| {
        view! {
            <MenuItem
                label=words::duty(t, duty)
                hint=words::duty_meaning(t, duty)
                icon=icon
                on_press=move |()| choose(duty)
            />
        }
    };
    view! {
        <Menu label=td_string!(t, desk.duty) trigger=trigger.into() open bare=true>
            {item(Duty::On, Icon::Armchair)}
            {item(Duty::Break, Icon::Coffee)}
            {item(Duty::Off, Icon::LogOut)}
        </Menu>
        {move || {
            let n = seats.get().used;
            view! {
                <Confirm
                    open=leaving
                    title=td_string!(t, desk.off_title)
                    body=td_string!(t, desk.off_body, n = n)
                    verb=td_string!(t, desk.off_verb)
                    danger=true
                    on_confirm=move |()| go(Duty::Off)
                />
            }
        }}
    }
}
