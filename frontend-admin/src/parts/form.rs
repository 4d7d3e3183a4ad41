//! The foot of a form in a sheet.

use super::FormSheet;
use app::i18n::{locale, td_string};
use app::ui::{Button, Kind, Submission};
use leptos::prelude::*;

#[component]
pub(crate) fn FormFoot(
    #[prop(into)] verb: String,
    submission: Submission,
    /// Whether anything may be changed here; otherwise there is nothing to save.
    edit: bool,
) -> impl IntoView {
    let (t, sheet) = (locale(), FormSheet::here());
    let leave = if edit {
        td_string!(t, common.cancel)
    } else {
        td_string!(t, common.close)
    };
    view! {
        <footer class="sheet-foot">
            <Button label=leave on_press=move |()| sheet.leave() />
            {edit.then(|| view! { <Button label=verb kind=Kind::Main busy=submission.busy() /> })}
        </footer>
    }
}
