//! Text to be carried elsewhere, and the button that puts it on the clipboard.

use super::toasts::use_toasts;
use super::{Button, Icon, Kind, browser};
use crate::i18n::{locale, td_string};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long the button says that it has worked.
const SAID: Duration = Duration::from_secs(2);

/// Copies `text` and says whether that worked.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    /// What is copied, if "Copy" does not say enough.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let (t, toasts, copied) = (locale(), use_toasts(), RwSignal::new(false));
    let label = label.unwrap_or_else(|| td_string!(t, common.copy).to_owned());
    let press = move |()| {
        spawn_local(async move {
            if !browser::copy(&text.get_untracked()).await {
                toasts.problem(td_string!(t, common.not_copied));
            } else if copied.try_set(true).is_none() {
                set_timeout(move || _ = copied.try_set(false), SAID);
            }
        });
    };
    let icon = Signal::derive(move || Some(if copied.get() { Icon::Check } else { Icon::Copy }));
    view! {
        <Button label icon icon_only=true small=true kind=Kind::Quiet on_press=press />
        <span class="sr-only" role="status">
            {move || copied.get().then(|| td_string!(t, common.copied))}
        </span>
    }
}

/// Text in a box with a button that copies it: a password shown once, a script tag.
#[component]
pub fn Copyable(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="copyable">
            <span>{text.clone()}</span>
            <CopyButton text=text />
        </div>
    }
}
