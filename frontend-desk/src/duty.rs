//! My seats and whether I take guests: the head of the list column.

use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::reactive::{effect, memo};
use app::ui::seats::SeatRow;
use app::ui::socket::Link;
use app::ui::{Confirm, Icon, Menu, MenuItem, Seats};
use domain::Duty;
use leptos::prelude::*;
use protocol::desk::{DeskFrame, Seats as Held};

/// More seats than that are drawn small, in two rows …
const LARGE_MAX: i32 = 8;
/// … and more than that are told by the numbers alone.
const DRAWN_MAX: i32 = 24;

/// The duty, which offers the three when pressed, and the row of seats with how many are taken.
#[component]
pub(crate) fn DutySwitch() -> impl IntoView {
    let desk = use_desk();
    let leaving = RwSignal::new(false);
    let seats = desk.part(|state| state.seats);
    let choose = move |duty| {
        let now = seats.get_untracked();
        if duty == Duty::Off && now.used > 0 {
            leaving.set(true);
        } else if duty != now.duty || now.away {
            desk.ask(DeskFrame::Duty { duty });
        }
    };
    view! {
        <header class="column-head duty-head">
            <DutyMenu on_choose=choose />
            <span class="grow"></span>
            <TakenSeats />
        </header>
        <LeavingQuestion open=leaving />
    }
}

#[component]
fn DutyMenu(#[prop(into)] on_choose: Callback<Duty>) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let open = RwSignal::new(false);
    let seats = desk.part(|state| state.seats);
    let duty = memo(move || seats.get().duty);
    let known = known(desk);
    // A menu that is open when the connection goes would offer what cannot be done.
    effect(move || {
        if !known.get() {
            open.set(false);
        }
    });
    let name = move || match desk.link().get() {
        Link::Connecting => td_string!(t, desk.connecting),
        _ if !known.get() => td_string!(t, desk.duty_unknown),
        _ => words::duty(t, duty.get()),
    };
    let trigger = move || {
        view! {
            <span
                class="duty-dot"
                data-duty=move || if known.get() { takes(seats.get()) } else { "unknown" }
            ></span>
            <span class="truncate">{name}</span>
            {Icon::ChevronDown.view()}
        }
    };
    let item = move |choice, icon: Icon| {
        view! {
            <MenuItem
                label=words::duty(t, choice)
                hint=words::duty_meaning(t, choice)
                icon=icon
                checked=Signal::derive(move || duty.get() == choice)
                on_press=move |()| on_choose.run(choice)
            />
        }
    };
    view! {
        <Menu
            label=Signal::derive(move || td_string!(t, desk.duty_is, duty = name()))
            trigger
            open
            bare=true
            disabled=Signal::derive(move || !known.get())
        >
            {item(Duty::On, Icon::Armchair)}
            {item(Duty::Break, Icon::Coffee)}
            {item(Duty::Off, Icon::Power)}
        </Menu>
    }
}

/// The server knows us, so what it said of our duty holds.
fn known(desk: crate::store::Desk) -> Memo<bool> {
    let (online, welcomed) = (desk.online(), desk.part(|state| state.welcomed));
    memo(move || online.get() && welcomed.get())
}

/// What the dot shows: whether guests come. To who is marked away none do.
const fn takes(seats: Held) -> &'static str {
    match seats.duty {
        Duty::On if !seats.away => "on",
        Duty::On | Duty::Break => "break",
        Duty::Off => "off",
    }
}

/// The row of seats and "2 of 3".
#[component]
fn TakenSeats() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let seats = desk.part(|state| state.seats);
    let known = known(desk);
    let row = Signal::derive(move || {
        let seats = seats.get();
        SeatRow {
            duty: seats.duty,
            seats: seats.seats,
            used: seats.used,
            held: false,
            resting: seats.away || !known.get(),
        }
    });
    let squares = memo(move || seats.with(|seats| seats.seats.max(seats.used)));
    let drawn = memo(move || (1..=DRAWN_MAX).contains(&squares.get()));
    let many = move || squares.get() > LARGE_MAX;
    let figures = move || {
        let seats = seats.get();
        (seats.seats > 0).then(|| of(t, seats.used, seats.seats))
    };
    view! {
        <span class="taken-seats" class:taken-seats-many=many>
            {move || drawn.get().then(|| view! { <Seats row /> })}
            <span class="figures" aria-hidden=move || drawn.get().to_string()>{figures}</span>
        </span>
    }
}

fn of(t: Locale, used: i32, seats: i32) -> String {
    td_string!(t, desk.seats_used, used = used, seats = seats)
}

/// Who leaves with open conversations is asked first.
#[component]
fn LeavingQuestion(open: RwSignal<bool>) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let used = desk.part(|state| state.seats.used);
    move || {
        let n = used.get();
        view! {
            <Confirm
                open
                title=td_string!(t, desk.off_title)
                body=td_string!(t, desk.off_body, n = n)
                verb=td_string!(t, desk.off_verb)
                danger=true
                on_confirm=move |()| desk.ask(DeskFrame::Duty { duty: Duty::Off })
            />
        }
    }
}
