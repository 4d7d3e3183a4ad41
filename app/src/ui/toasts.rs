//! Short notes in the corner about what has just happened.

use super::{Button, Icon, Kind};
use crate::i18n::{locale, td_string};
use leptos::prelude::*;
use std::time::Duration;

/// How long a note stays.
const SHOWN_S: u64 = 7;
/// More than that at a time nobody reads; the oldest goes.
const SHOWN_MAX: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Done,
    Problem,
}

#[derive(Clone, Debug)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
}

/// The notes on screen; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Toasts {
    pub fn start() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
        }
    }

    /// It worked.
    pub fn done(self, text: impl Into<String>) {
        self.show(Tone::Done, text.into());
    }

    /// It did not.
    pub fn problem(self, text: impl Into<String>) {
        self.show(Tone::Problem, text.into());
    }

    fn show(self, tone: Tone, text: String) {
        self.last.update_value(|last| *last += 1);
        let id = self.last.get_value();
        self.shown.update(|shown| {
            // The same thing said twice is said once.
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { id, tone, text });
            let surplus = shown.len().saturating_sub(SHOWN_MAX);
            shown.drain(..surplus);
        });
        set_timeout(move || self.dismiss(id), Duration::from_secs(SHOWN_S));
    }

    fn dismiss(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

pub fn use_toasts() -> Toasts {
    expect_context()
}

/// The corner where they appear.
#[component]
pub fn ToastCorner(toasts: Toasts) -> impl IntoView {
    let one = move |toast: Toast| {
        let icon = match toast.tone {
            Tone::Done => view! { <span class="text-ok">{Icon::Check.view()}</span> },
            Tone::Problem => view! { <span class="text-danger">{Icon::TriangleAlert.view()}</span> },
        };
        view! {
            <div class="notice">
                {icon} <span class="grow">{toast.text}</span>
                <Button
                    label=td_string!(locale(), common.close)
                    icon=Icon::X
                    icon_only=true
                    small=true
                    kind=Kind::Quiet
                    on_press=move |()| toasts.dismiss(toast.id)
                />
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id children=one />
        </div>
    }
}
