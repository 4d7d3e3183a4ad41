//! What a form in a sheet has besides its fields: the foot, and what stands in its way.

use super::FormSheet;
use crate::unsaved::Unsaved;
use app::api::ApiError;
use app::i18n::{locale, td_string};
use app::ui::{Button, Icon, Kind, Submission};
use leptos::prelude::*;

/// The buttons that end it.
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

/// What a form says when somebody else has changed the thing since it was opened: what was typed stays, and the current state is
/// one press away.
#[component]
pub(crate) fn Outdated(
    submission: Submission,
    /// Shows the thing as the error says that it is now.
    load: Callback<ApiError>,
) -> impl IntoView {
    let (t, unsaved) = (locale(), expect_context::<Unsaved>());
    let outdated = move || submission.error().get().filter(|error| error.current.is_some());
    let notice = move |error: ApiError| {
        let press = move |()| {
            unsaved.dirty.set(false);
            load.run(error.clone());
        };
        view! {
            <div class="advice">
                {Icon::TriangleAlert.view()}
                <span class="grid gap-2 justify-items-start">
                    <span>{td_string!(t, admin.outdated)}</span>
                    <Button label=td_string!(t, admin.load_current) small=true on_press=press />
                </span>
            </div>
        }
    };
    view! { <div role="alert">{move || outdated().map(notice)}</div> }
}
