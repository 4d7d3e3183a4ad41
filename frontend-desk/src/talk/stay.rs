//! Where the reader is in the conversation, and staying there: at the end while they read the end, at the same words while
//! earlier ones are added above, at the first new words when they come back.

use app::ui::browser;
use app::ui::reactive::effect;
use leptos::web_sys::{Element, HtmlElement, ResizeObserver};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// So close to the end counts as the end, in pixels.
const NEAR: i32 = 80;
/// What stands above the first new words, in pixels.
const ABOVE_NEW: f64 = 40.0;
/// After a reload the messages come in pieces; that long the first new words are looked for, in milliseconds.
const ARRIVING_MS: i64 = 1_000;

/// The scrolled element and its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) node: NodeRef<html::Div>,
    pub(super) column: NodeRef<html::Div>,
    /// The reader is at the end; what comes is scrolled to.
    at_end: RwSignal<bool>,
    /// The content was laid out at least once.
    placed: RwSignal<bool>,
    /// Where it was scrolled to when we last looked.
    top: StoredValue<i32>,
    opened: i64,
}

impl Stay {
    pub(super) fn new() -> Self {
        let stay = Self {
            node: NodeRef::new(),
            column: NodeRef::new(),
            at_end: RwSignal::new(true),
            placed: RwSignal::new(false),
            top: StoredValue::new(0),
            opened: browser::now_ms(),
        };
        effect(move || {
            if let (Some(node), Some(column)) = (stay.node.get(), stay.column.get()) {
                on_resize(&[node.into(), column.into()], move || stay.resized());
            }
        });
        stay
    }

    /// The end is in sight.
    pub(super) fn sees_end(self) -> bool {
        self.placed.get() && self.at_end.get()
    }

    /// There is more below than what is in sight.
    pub(super) fn is_up(self) -> bool {
        !self.at_end.get()
    }

    fn element(self) -> Option<HtmlElement> {
        self.node.try_get_untracked().flatten().map(HtmlElement::from)
    }

    /// The reader scrolled. True if they are near the beginning.
    pub(super) fn scrolled(self) -> bool {
        let Some(element) = self.element() else { return false };
        let top = element.scroll_top();
        let near_end = element.scroll_height() - top - element.client_height() < NEAR;
        let went_up = self.top.try_update_value(|before| std::mem::replace(before, top) > top);
        // What has just come below, and is not yet scrolled to, does not mean that the reader left the end.
        if near_end || went_up.unwrap_or_default() {
            self.now_at_end(near_end);
        }
        top < NEAR
    }

    fn now_at_end(self, at_end: bool) {
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
    }

    /// What is in it, or the room for it, has another height. Told before anything is painted.
    fn resized(self) {
        let Some(element) = self.element() else { return };
        if self.at_end.get_untracked() {
            element.set_scroll_top(element.scroll_height());
            self.top.set_value(element.scroll_top());
            if browser::now_ms() - self.opened < ARRIVING_MS {
                show_new(&element);
            }
        }
        self.scrolled();
        if !self.placed.get_untracked() {
            self.placed.set(true);
        }
    }

    pub(super) fn to_end(self) {
        self.now_at_end(true);
        request_animation_frame(move || {
            if let Some(element) = self.element() {
                element.set_scroll_top(element.scroll_height());
            }
        });
    }

    /// Remembers what is in sight; the result puts it back there after something was added above.
    pub(super) fn hold(self) -> impl FnOnce() {
        let from_end = self
            .element()
            .map(|element| element.scroll_height() - element.scroll_top());
        move || {
            request_animation_frame(move || {
                if let (Some(element), Some(from_end)) = (self.element(), from_end)
                    && !self.at_end.get_untracked()
                {
                    element.set_scroll_top(element.scroll_height() - from_end);
                }
            });
        }
    }

    /// Everything fits without scrolling.
    pub(super) fn fits(self) -> bool {
        self.element()
            .is_some_and(|element| element.scroll_height() <= element.client_height() + NEAR)
    }
}

/// Goes back up to where the new begins, if that is out of sight.
fn show_new(element: &HtmlElement) {
    let Ok(Some(line)) = element.query_selector("[data-new]") else {
        return;
    };
    let offset = top(&line) - top(element);
    if offset < ABOVE_NEW {
        #[allow(clippy::cast_possible_truncation, reason = "pixels on a screen")]
        element.set_scroll_top(element.scroll_top() + (offset - ABOVE_NEW) as i32);
    }
}

fn top(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Tells when an element changes its size, whatever the reason: a message more, a longer composer, a turned phone. Watches
/// until the owner of the view goes.
fn on_resize(elements: &[Element], resized: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(resized);
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        for element in elements {
            observer.observe(element);
        }
        StoredValue::new_local(Watch {
            observer,
            _resized: closure,
        });
    }
}

struct Watch {
    observer: ResizeObserver,
    /// Lives as long as the observer that calls it.
    _resized: Closure<dyn Fn()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
