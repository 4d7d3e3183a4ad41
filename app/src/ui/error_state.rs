//! Something could not be shown: what happened, and a way to try again.

use super::{Button, Icon};
use crate::api::{ApiError, ErrorCode};
use crate::i18n::{locale, td_string, words};
use leptos::prelude::*;

/// Takes the place of what could not be loaded.
#[component]
pub fn ErrorState(error: ApiError, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    let t = locale();
    let (icon, title) = match error.code {
        ErrorCode::Forbidden => (Icon::Ban, td_string!(t, error.forbidden_title)),
        ErrorCode::NotFound => (Icon::Ban, td_string!(t, error.not_found_title)),
        ErrorCode::Unavailable | ErrorCode::Unreachable => (Icon::WifiOff, td_string!(t, error.unreachable_title)),
        _ => (Icon::TriangleAlert, td_string!(t, error.internal_title)),
    };
    let hopeless = matches!(error.code, ErrorCode::Forbidden | ErrorCode::NotFound);
    view! {
        <div class="state" role="alert">
            {icon.view()} <div class="state-title">{title}</div> <p>{words::error(t, &error)}</p>
            {(!hopeless)
                .then(|| view! { <Button label=td_string!(t, common.retry) icon=Icon::RotateCw on_press=on_retry /> })}
        </div>
    }
}
