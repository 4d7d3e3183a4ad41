//! The tooltip: what an icon means and which keys do the same, beside it while the pointer or the focus of the keyboard is
//! on it. Not on touch screens, where nothing hovers.
//!
//! There is one, for the whole page. Any element asks for it by attributes: `data-tip` with the words, `data-keys` with the
//! shortcut if there is one, `data-tip-side="right"` in a rail. A [`super::Button`] that shows an icon alone does so by
//! itself. The words are not read out from here: the element carries them as its label.

use super::float::{Align, Beside, Side, float, target};
use crate::ui::reactive::effect;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// How long the pointer rests before the first one shows.
const REST: Duration = Duration::from_millis(350);
/// After one has gone, the next shows at once for that long: the reader is looking around.
const LOOKING_AROUND: Duration = Duration::from_millis(400);
const GAP: f64 = 6.0;

/// What is shown, and beside what.
#[derive(Clone, Debug, PartialEq)]
struct Tip {
    anchor: HtmlElement,
    words: String,
    keys: String,
}

impl Tip {
    /// The tip of the element itself or of the nearest one around it that has one.
    fn around(element: &Element) -> Option<Self> {
        use wasm_bindgen::JsCast;
        let anchor: HtmlElement = element.closest("[data-tip]").ok()??.dyn_into().ok()?;
        let words = anchor.get_attribute("data-tip").filter(|words| !words.is_empty())?;
        let keys = anchor.get_attribute("data-keys").unwrap_or_default();
        Some(Self { anchor, words, keys })
    }

    fn wanted(&self) -> Beside {
        let to_the_right = self.anchor.get_attribute("data-tip-side").as_deref() == Some("right");
        Beside {
            side: if to_the_right { Side::Right } else { Side::Below },
            align: Align::Middle,
            gap: GAP,
        }
    }
}

#[derive(Clone, Copy)]
struct Tips {
    shown: RwSignal<Option<Tip>, LocalStorage>,
    /// Counts what the pointer has come to, so that only the last one's timer shows it.
    comings: StoredValue<u32>,
    looking_around: RwSignal<bool>,
}

impl Tips {
    fn show(self, tip: Tip) {
        self.comings.update_value(|comings| *comings = comings.wrapping_add(1));
        self.shown.set(Some(tip));
    }

    /// The pointer has come to `tip`.
    fn come(self, tip: Tip) {
        if self.shown.with_untracked(|shown| shown.as_ref() == Some(&tip)) {
            return;
        }
        if self.looking_around.get_untracked() {
            self.show(tip);
            return;
        }
        self.comings.update_value(|comings| *comings = comings.wrapping_add(1));
        let coming = self.comings.get_value();
        let tip = StoredValue::new_local(tip);
        set_timeout(
            move || {
                if self.comings.try_get_value() == Some(coming)
                    && let Some(tip) = tip.try_get_value().filter(|tip| tip.anchor.is_connected())
                {
                    self.show(tip);
                }
            },
            REST,
        );
    }

    fn hide(self) {
        self.comings.update_value(|comings| *comings = comings.wrapping_add(1));
        if self.shown.with_untracked(Option::is_none) {
            return;
        }
        self.shown.set(None);
        self.looking_around.set(true);
        set_timeout(move || _ = self.looking_around.try_set(false), LOOKING_AROUND);
    }

    fn follow(self, element: Option<Element>) {
        match element.as_ref().and_then(Tip::around) {
            Some(tip) => self.come(tip),
            None => self.hide(),
        }
    }

    fn listen(self) {
        let over = window_event_listener(ev::pointerover, move |event| {
            if event.pointer_type() == "mouse" {
                self.follow(target(&event));
            }
        });
        let out = window_event_listener(ev::pointerout, move |event| {
            if event.related_target().is_none() {
                self.hide();
            }
        });
        let focus = window_event_listener(ev::focusin, move |event| {
            let seen = target(&event).filter(|element| element.matches(":focus-visible").unwrap_or_default());
            if let Some(tip) = seen.as_ref().and_then(Tip::around) {
                self.show(tip);
            }
        });
        let blur = window_event_listener(ev::focusout, move |_| self.hide());
        let press = window_event_listener(ev::pointerdown, move |_| self.hide());
        // Escape, and every key that does something.
        let key = window_event_listener(ev::keydown, move |_| self.hide());
        let wheel = window_event_listener(ev::wheel, move |_| self.hide());
        on_cleanup(move || {
            for listener in [over, out, focus, blur, press, key, wheel] {
                listener.remove();
            }
        });
    }
}

/// Where the tooltip appears; once, in the shell.
#[component]
pub fn TooltipLayer() -> impl IntoView {
    let tips = Tips {
        shown: RwSignal::new_local(None),
        comings: StoredValue::new(0),
        looking_around: RwSignal::new(false),
    };
    tips.listen();
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        let (shown, Some(layer)) = (tips.shown.get(), node.get()) else {
            return;
        };
        match shown {
            Some(tip) => float(&layer, &tip.anchor, tip.wanted()),
            None => drop(layer.hide_popover()),
        }
    });
    let words = move || tips.shown.with(|shown| shown.as_ref().map(|tip| tip.words.clone()));
    let keys = move || {
        tips.shown
            .with(|shown| shown.as_ref().map(|tip| tip.keys.clone()).unwrap_or_default())
    };
    view! {
        <div node_ref=node class="tip" popover="manual" aria-hidden="true">
            <span>{words}</span>
            {move || keys().split_whitespace().map(|key| view! { <kbd>{key.to_owned()}</kbd> }).collect_view()}
        </div>
    }
}
