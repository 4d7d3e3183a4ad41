//! The native dialog: the browser keeps the focus in it and gives it back, and makes the rest of the page inert.

use super::float::target;
use crate::ui::reactive::effect;
use leptos::web_sys::{HtmlDialogElement, HtmlElement};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// A modal `<dialog>`; its content exists while it is open, so it starts afresh each time. Escape and, in a sheet, a press
/// beside it ask to close it.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    /// `dialog` in the middle or `sheet` at the side.
    class: &'static str,
    #[prop(into)] label: String,
    /// Asked before Escape or a press beside it closes the dialog; it stays open if the answer is no.
    #[prop(optional, into)]
    may_close: Option<Callback<(), bool>>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            drop(dialog.show_modal());
            // By then the content is there.
            request_animation_frame(move || focus_wanted(&dialog));
        }
    });
    let asked_to_close = move || {
        if may_close.is_none_or(|may_close| may_close.run(())) {
            open.set(false);
        }
    };
    // Not left to `cancel`: browsers let a page refuse only one of those before they close the dialog anyway.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            asked_to_close();
        }
    };
    let on_press = move |event: ev::PointerEvent| {
        let beside = node.get_untracked().is_some_and(|dialog| is_beside(&dialog, &event));
        if beside && class == "sheet" {
            asked_to_close();
        }
    };
    view! {
        <dialog
            node_ref=node
            class=class
            aria-label=label
            on:keydown=on_key
            on:pointerdown=on_press
            on:cancel=move |event: ev::Event| {
                // A child's own, such as that of a file field, is not ours.
                if event.target() == event.current_target() {
                    event.prevent_default();
                    asked_to_close();
                }
            }
            on:close=move |event: ev::Event| {
                if event.target() == event.current_target() {
                    open.set(false);
                }
            }
        >
            {move || open.get().then(|| children())}
        </dialog>
    }
}

/// Whether a dialog is in front of the page, so that keys are meant for it and not for what is behind.
pub fn is_any_open() -> bool {
    document().query_selector("dialog:modal").ok().flatten().is_some()
}

/// The browser gives the focus to the first thing that can have it; what asks for it by `autofocus` comes before.
fn focus_wanted(dialog: &HtmlDialogElement) {
    let wanted = dialog.query_selector("[autofocus]").ok().flatten();
    if let Some(wanted) = wanted.and_then(|wanted| wanted.dyn_into::<HtmlElement>().ok()) {
        drop(wanted.focus());
    }
}

/// Whether the press was on the scrim: it counts as one on the dialog, but outside of its box.
fn is_beside(dialog: &HtmlDialogElement, event: &ev::PointerEvent) -> bool {
    let on_dialog = target(event).is_some_and(|target| dialog.is_same_node(Some(&target)));
    let rect = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    on_dialog && (x < rect.left() || x > rect.right() || y < rect.top() || y > rect.bottom())
}
