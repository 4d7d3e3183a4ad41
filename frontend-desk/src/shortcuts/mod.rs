//! The desk by keyboard: what each of the [`crate::keys`] does, and the list of them.

mod command;
mod sheet;

use crate::address;
use crate::details::Details;
use crate::store::{Desk, use_desk};
use app::ui::dialog::is_any_open;
use command::{Command, Held, Pressed};
use leptos::web_sys::{Element, KeyboardEvent};
use leptos::{ev, prelude::*};
use sheet::ShortcutSheet;

/// Whether the list of shortcuts shows; a context of the frame.
#[derive(Clone, Copy, Debug)]
struct Help(RwSignal<bool>);

pub(crate) fn use_help() -> RwSignal<bool> {
    expect_context::<Help>().0
}

/// Listens for the keys while `children` are on screen. A dialog has the keyboard to itself.
#[component]
pub(crate) fn Shortcuts(children: Children) -> impl IntoView {
    let (desk, details, help) = (use_desk(), expect_context::<Details>(), RwSignal::new(false));
    provide_context(Help(help));
    let pressed = window_event_listener(ev::keydown, move |event| {
        let command = Command::of(&describe(&event)).filter(|_| !event.default_prevented() && !is_any_open());
        if let Some(command) = command
            && carry_out(command, desk, details, help)
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || pressed.remove());
    view! {
        {children()}
        <ShortcutSheet open=help />
    }
}

/// False if there was nothing to do.
fn carry_out(command: Command, desk: Desk, details: Details, help: RwSignal<bool>) -> bool {
    match command {
        Command::Next => desk.go_to_neighbour(1),
        Command::Previous => desk.go_to_neighbour(-1),
        Command::Missed => {
            desk.go(address::MISSED);
            true
        }
        Command::Details => {
            details.toggle();
            true
        }
        Command::Help => {
            help.set(true);
            true
        }
        Command::PutAway => {
            let over = untrack(|| details.is_over());
            details.put_away();
            over
        }
    }
}

fn describe(event: &KeyboardEvent) -> Pressed {
    let target: Option<Element> = app::ui::float::target(event);
    let writing = target.is_some_and(|element| {
        element
            .matches("input, textarea, select, [contenteditable]")
            .unwrap_or_default()
    });
    Pressed {
        key: event.key(),
        code: event.code(),
        held: Held::of(event.alt_key(), event.ctrl_key() || event.meta_key(), event.shift_key()),
        writing,
    }
}
