//! Short notes in the corner about what has just happened, perhaps with a way to undo it. They wait while the pointer or
//! the focus is on them.

use super::dialog::is_any_open;
use super::{Button, Icon, Kind};
use crate::i18n::{locale, td_string};
use crate::ui::reactive::effect;
use leptos::web_sys::HtmlElement;
use leptos::{html, prelude::*};
use std::time::Duration;

/// How long a note stays.
const SHOWN: Duration = Duration::from_secs(6);
/// With something to press there is something to decide.
const SHOWN_WITH_ACTION: Duration = Duration::from_secs(10);
/// After the pointer has left it.
const SHOWN_AFTER_REST: Duration = Duration::from_secs(3);
/// More than that at a time nobody reads; the oldest goes.
const SHOWN_MAX: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Done,
    Problem,
}

/// Something that can be done about what a note says.
#[derive(Clone, Debug)]
pub struct Action {
    /// The verb.
    pub label: String,
    pub run: Callback<()>,
}

#[derive(Clone, Debug)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    action: Option<Action>,
}

/// The notes on screen; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
    /// The pointer or the focus is on one of them: none goes away by itself.
    resting: StoredValue<bool>,
}

impl Toasts {
    pub fn start() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
            resting: StoredValue::new(false),
        }
    }

    /// It worked.
    pub fn done(self, text: impl Into<String>) {
        self.show(Tone::Done, text.into(), None, Some(SHOWN));
    }

    /// It worked, and can be undone or followed.
    pub fn done_with(self, text: impl Into<String>, action: Action) {
        self.show(Tone::Done, text.into(), Some(action), Some(SHOWN_WITH_ACTION));
    }

    /// Something can be done, now or later: it stays until the reader decides.
    pub(super) fn offer(self, text: impl Into<String>, action: Action) {
        self.show(Tone::Done, text.into(), Some(action), None);
    }

    /// It did not.
    pub fn problem(self, text: impl Into<String>) {
        self.show(Tone::Problem, text.into(), None, Some(SHOWN));
    }

    fn show(self, tone: Tone, text: String, action: Option<Action>, stay: Option<Duration>) {
        self.last.update_value(|last| *last += 1);
        let id = self.last.get_value();
        self.shown.update(|shown| {
            // The same thing said twice is said once.
            shown.retain(|toast| toast.text != text);
            let toast = Toast { id, tone, text, action };
            shown.push(toast);
            let surplus = shown.len().saturating_sub(SHOWN_MAX);
            shown.drain(..surplus);
        });
        if let Some(stay) = stay {
            self.dismiss_after(id, stay);
        }
    }

    fn dismiss_after(self, id: u32, stay: Duration) {
        set_timeout(
            move || match self.resting.try_get_value() {
                Some(true) => self.dismiss_after(id, SHOWN_AFTER_REST),
                Some(false) => self.dismiss(id),
                None => {}
            },
            stay,
        );
    }

    /// Another member has come: what was told to the one before is not for them.
    pub(super) fn clear(self) {
        self.shown.set(Vec::new());
        self.resting.set_value(false);
    }

    fn dismiss(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
        // Nothing is left that could be left.
        if self.shown.with_untracked(Vec::is_empty) {
            self.resting.set_value(false);
        }
    }
}

pub fn use_toasts() -> Toasts {
    expect_context()
}

/// The corner where they appear: what worked is said when there is a pause, what did not at once.
#[component]
pub fn ToastCorner(toasts: Toasts) -> impl IntoView {
    let rest = move |resting| toasts.resting.set_value(resting);
    let of = move |tone| {
        let all = toasts.shown.get().into_iter();
        all.filter(move |toast| toast.tone == tone).collect::<Vec<_>>()
    };
    let one = move |toast| view! { <Note toasts toast /> };
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(corner) = node.get() {
            raise(&corner, toasts.shown.with(|shown| !shown.is_empty()));
        }
    });
    view! {
        <div
            node_ref=node
            class="toasts"
            popover="manual"
            on:pointerenter=move |_| rest(true)
            on:pointerleave=move |_| rest(false)
            on:focusin=move |_| rest(true)
            on:focusout=move |_| rest(false)
        >
            <div class="contents" role="alert">
                <For each=move || of(Tone::Problem) key=|toast| toast.id children=one />
            </div>
            <div class="contents" role="status">
                <For each=move || of(Tone::Done) key=|toast| toast.id children=one />
            </div>
        </div>
    }
}

/// Shows the corner, above a dialog too.
fn raise(corner: &HtmlElement, wanted: bool) {
    if !wanted || is_any_open() {
        drop(corner.hide_popover());
    }
    if wanted {
        // Does nothing but complain if it is shown already.
        drop(corner.show_popover());
    }
}

#[component]
fn Note(toasts: Toasts, toast: Toast) -> impl IntoView {
    let id = toast.id;
    let (class, icon) = match toast.tone {
        Tone::Done => ("text-ok", Icon::CircleCheck),
        Tone::Problem => ("text-danger", Icon::CircleAlert),
    };
    let action = toast.action.map(|Action { label, run }| {
        let press = move |()| {
            toasts.dismiss(id);
            run.run(());
        };
        view! { <Button label small=true on_press=press /> }
    });
    view! {
        <div class="notice">
            <span class=class>{icon.view()}</span>
            <span class="grow">{toast.text}</span>
            {action}
            <Button
                label=td_string!(locale(), common.close)
                icon=Icon::X
                icon_only=true
                small=true
                kind=Kind::Quiet
                on_press=move |()| toasts.dismiss(id)
            />
        </div>
    }
}
