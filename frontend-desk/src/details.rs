//! Whether the guest panel shows. Where there is room it stands beside the talk, and the choice is remembered; where
//! there is not it opens over the talk, for a look, and starts closed.

use app::ui::kept::{Kept, use_kept};
use app::ui::reactive::{effect, memo};
use leptos::{ev, prelude::*};

const KEPT: &str = "details";

/// The window is wide enough for rail, lists, talk and panel side by side from this width on, in pixels; the style sheet
/// has the same number.
const WIDE_PX: f64 = 1180.0;

/// The guest panel's state; a context of the panes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Details {
    kept: Kept,
    wide: Memo<bool>,
    /// Beside the talk: the agent's choice.
    beside: RwSignal<bool>,
    /// Over the talk: open for a look.
    over: RwSignal<bool>,
}

impl Details {
    /// The panel's id, for `aria-controls`.
    pub(crate) const PANEL: &'static str = "guest-panel";

    pub(crate) fn start() -> Self {
        let (kept, width) = (use_kept(), RwSignal::new(window_width()));
        let resized = window_event_listener(ev::resize, move |_| width.set(window_width()));
        on_cleanup(move || resized.remove());
        let details = Self {
            kept,
            wide: memo(move || width.get() >= WIDE_PX),
            beside: RwSignal::new(kept.get(KEPT).as_deref() != Some("hidden")),
            over: RwSignal::new(false),
        };
        // A window that becomes narrow starts with the panel closed, each time.
        effect(move || {
            if details.wide.get() {
                details.over.set(false);
            }
        });
        details
    }

    pub(crate) fn shown(self) -> bool {
        if self.wide.get() {
            self.beside.get()
        } else {
            self.over.get()
        }
    }

    /// It lies over the talk.
    pub(crate) fn is_over(self) -> bool {
        !self.wide.get() && self.over.get()
    }

    pub(crate) fn toggle(self) {
        if self.wide.get_untracked() {
            self.beside.update(|shown| *shown = !*shown);
            let choice = if self.beside.get_untracked() { "" } else { "hidden" };
            self.kept.put(KEPT, choice);
        } else {
            self.over.update(|shown| *shown = !*shown);
        }
    }

    /// Puts it away if it lies over the talk.
    pub(crate) fn put_away(self) {
        self.over.set(false);
    }
}

fn window_width() -> f64 {
    window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or_default()
}
