//! Something could not be shown: what happened, and a way to try again.

use super::{Button, Icon, browser};
use crate::api::{ApiError, ErrorCode};
use crate::i18n::{locale, td_string, words};
use leptos::prelude::*;

/// Takes the place of what could not be loaded. What failed for want of a network tries again by itself with the next one.
#[component]
pub fn ErrorState(error: ApiError, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    let t = locale();
    let unreachable = matches!(
        error.code,
        ErrorCode::Unavailable | ErrorCode::Unreachable | ErrorCode::ForeignAnswer
    );
    let (icon, title) = match error.code {
        ErrorCode::Forbidden => (Icon::LockKeyhole, td_string!(t, error.forbidden_title)),
        ErrorCode::NotFound => (Icon::SearchX, td_string!(t, error.not_found_title)),
        ErrorCode::WrongOrigin => (Icon::LockKeyhole, td_string!(t, error.address_title)),
        _ if unreachable && !browser::on_network() => (Icon::WifiOff, td_string!(t, error.offline_title)),
        _ if unreachable => (Icon::WifiOff, td_string!(t, error.unreachable_title)),
        _ => (Icon::ServerCrash, td_string!(t, error.internal_title)),
    };
    if unreachable {
        let back = window_event_listener_untyped("online", move |_| on_retry.run(()));
        on_cleanup(move || back.remove());
    }
    let hopeless = matches!(error.code, ErrorCode::Forbidden | ErrorCode::NotFound);
    view! {
        <div class="state" role="alert">
            {icon.view()} <div class="state-title">{title}</div> <p>{words::error(t, &error)}</p>
            {(!hopeless)
                .then(|| view! { <Button label=td_string!(t, common.retry) icon=Icon::RotateCw on_press=on_retry /> })}
        </div>
    }
}
