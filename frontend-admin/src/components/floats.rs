//! What lies over the page.

use super::sample::{Sample, button, row};
use app::i18n::{locale, td_string};
use app::ui::toasts::{Action, use_toasts};
use app::ui::{Confirm, Dialog, Field, Sheet};
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Dialog",
            "A short task over the page. The focus stays in it and goes back.",
            dialog,
        ),
        Sample::new(
            "Confirm",
            "Asked before what cannot be taken back; says what will happen, and the verb is on the button.",
            confirm,
        ),
        Sample::new(
            "Sheet",
            "For editing with the list in sight. Asks before changes are lost.",
            sheet,
        ),
        Sample::new(
            "Toasts",
            "What has just happened, in the corner; waits while one looks at it.",
            toasts,
        ),
    ]
}

fn opener(open: RwSignal<bool>, word: &'static str) -> AnyView {
    button(word, move || open.set(true))
}

fn dialog() -> AnyView {
    let (t, open) = (locale(), RwSignal::new(false));
    view! {
        {opener(open, "Open")}
        <Dialog open class="dialog" label="Dialog">
            <h2 class="text-lg">"Dialog"</h2>
            <p>"A short task over the page. The focus stays in it and goes back."</p>
            <div class="dialog-actions">
                {button(td_string!(t, common.done), move || open.set(false))}
            </div>
        </Dialog>
    }
    .into_any()
}

fn confirm() -> AnyView {
    let (t, open, harmful) = (locale(), RwSignal::new(false), RwSignal::new(false));
    view! {
        {row(vec![opener(open, "Open"), opener(harmful, td_string!(t, admin.disable))])}
        <Confirm
            open
            title=td_string!(t, desk.off_title)
            body=td_string!(t, desk.off_body, n = 3)
            verb=td_string!(t, desk.off_verb)
            on_confirm=|()| ()
        />
        <Confirm
            open=harmful
            title=td_string!(t, admin.disable_title, name = "Mei Lin")
            body=td_string!(t, admin.disable_body)
            verb=td_string!(t, admin.disable)
            danger=true
            on_confirm=|()| ()
        />
    }
    .into_any()
}

fn sheet() -> AnyView {
    let (t, open) = (locale(), RwSignal::new(false));
    let value = RwSignal::new(String::new());
    let dirty = Signal::derive(move || value.with(|value| !value.is_empty()));
    view! {
        {opener(open, "Open")}
        <Sheet open title="Sheet" dirty>
            <div class="sheet-body">
                <p>"For editing with the list in sight. Asks before changes are lost."</p>
                <Field label=td_string!(t, admin.name) name="name" value problem=Signal::stored(None::<String>) />
            </div>
        </Sheet>
    }
    .into_any()
}

fn toasts() -> AnyView {
    let (t, toasts) = (locale(), use_toasts());
    let undo = move || {
        let action = Action {
            label: "Undo".to_owned(),
            run: Callback::new(|()| ()),
        };
        toasts.done_with(td_string!(t, common.saved), action);
    };
    let done = move || toasts.done(td_string!(t, common.saved));
    let problem = move || toasts.problem(td_string!(t, error.unreachable));
    row(vec![
        button("It worked", done),
        button("With a way back", undo),
        button("It did not work", problem),
    ])
}
