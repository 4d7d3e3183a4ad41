//! What lies over the page.

use super::sample::{Sample, button, row};
use app::i18n::{Locale, locale, td_string};
use app::ui::toasts::{Action, use_toasts};
use app::ui::{Confirm, Dialog, Field, Sheet};
use leptos::prelude::*;

pub(super) fn samples(t: Locale) -> Vec<Sample> {
    vec![
        Sample::new("Dialog", td_string!(t, showcase.dialog_why), dialog),
        Sample::new("Confirm", td_string!(t, showcase.confirm_why), confirm),
        Sample::new("Sheet", td_string!(t, showcase.sheet_why), sheet),
        Sample::new("Toasts", td_string!(t, showcase.toast_why), toasts),
    ]
}

fn opener(open: RwSignal<bool>, word: &'static str) -> AnyView {
    button(word, move || open.set(true))
}

fn dialog() -> AnyView {
    let (t, open) = (locale(), RwSignal::new(false));
    view! {
        {opener(open, td_string!(t, showcase.open))}
        <Dialog open class="dialog" label="Dialog">
            <h2 class="text-lg">"Dialog"</h2>
            <p>{td_string!(t, showcase.dialog_why)}</p>
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
        {row(vec![opener(open, td_string!(t, showcase.open)), opener(harmful, td_string!(t, admin.disable))])}
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
        {opener(open, td_string!(t, showcase.open))}
        <Sheet open title="Sheet" dirty>
            <div class="sheet-body">
                <p>{td_string!(t, showcase.sheet_why)}</p>
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
            label: td_string!(t, showcase.undo).to_owned(),
            run: Callback::new(|()| ()),
        };
        toasts.done_with(td_string!(t, common.saved), action);
    };
    let done = move || toasts.done(td_string!(t, common.saved));
    let problem = move || toasts.problem(td_string!(t, error.unreachable));
    row(vec![
        button(td_string!(t, showcase.toast_done), done),
        button(td_string!(t, showcase.toast_undo), undo),
        button(td_string!(t, showcase.toast_problem), problem),
    ])
}
