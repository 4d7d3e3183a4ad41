//! Where the reader is in the conversation, and staying there: at the end while they read the end, at the same words while
//! earlier ones are added above.

use leptos::web_sys::HtmlElement;
use leptos::{html, prelude::*};

/// So close to the end counts as the end, in pixels.
const NEAR: i32 = 80;

/// The scrolled element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) node: NodeRef<html::Div>,
    /// The reader is at the end; what comes is scrolled to.
    pub(super) at_end: RwSignal<bool>,
}

impl Stay {
    pub(super) fn new() -> Self {
        Self {
            node: NodeRef::new(),
            at_end: RwSignal::new(true),
        }
    }

    fn element(self) -> Option<HtmlElement> {
        self.node.try_get_untracked().flatten().map(HtmlElement::from)
    }

    /// The reader scrolled. True if they are near the beginning.
    pub(super) fn scrolled(self) -> bool {
        let Some(element) = self.element() else { return false };
        let below = element.scroll_height() - element.scroll_top() - element.client_height();
        let at_end = below < NEAR;
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        element.scroll_top() < NEAR
    }

    /// Something was added below.
    pub(super) fn grown(self) {
        if self.at_end.get_untracked() {
            self.to_end();
        }
    }

    pub(super) fn to_end(self) {
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
