//! What a form says when somebody else has changed the thing since it was opened: what was typed stays, and the current state is
//! one press away.

use crate::unsaved::Unsaved;
use app::api::ApiError;
use app::i18n::{locale, td_string};
use app::ui::{Button, Icon, Submission};
use leptos::prelude::*;

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
