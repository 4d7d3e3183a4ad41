//! A menu that drops from a button: items by arrow keys, Home, End and first letter; Escape, Tab, a press outside and
//! choosing an item close it, and the focus goes back to the button.

pub mod item;
mod keys;

pub use item::{Checked, MenuItem};

use super::float::{Beside, Side, float, target};
use crate::ui::reactive::effect;
use leptos::web_sys::{HtmlElement, Node};
use leptos::{ev, html, prelude::*};
use std::sync::atomic::{AtomicU32, Ordering};

/// The menu that an item is in; a context of its items.
#[derive(Clone, Copy, Debug)]
pub struct InMenu {
    open: RwSignal<bool>,
    trigger: NodeRef<html::Button>,
}

impl InMenu {
    /// Closes the menu. The button has the focus by then, so that a dialog which opens next gives it back there.
    pub fn close(self) {
        self.open.set(false);
        if let Some(trigger) = self.trigger.get_untracked() {
            drop(trigger.focus());
        }
    }
}

/// A button and what drops from it.
#[component]
pub fn Menu(
    #[prop(into)] label: Signal<String>,
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFn,
    open: RwSignal<bool>,
    /// The button's look.
    #[prop(default = "btn btn-quiet")]
    class: &'static str,
    /// The button is as wide as what it shows.
    #[prop(optional)]
    bare: bool,
    /// The button shows no words: a tooltip does.
    #[prop(optional)]
    icon_only: bool,
    /// Where it drops to.
    #[prop(default = Beside::BELOW)]
    beside: Beside,
    #[prop(optional, into)] disabled: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let (button, popup) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let menu = InMenu { open, trigger: button };
    let id = unique_id();
    effect(move || {
        let (is_open, Some(button), Some(popup)) = (open.get(), button.get(), popup.get()) else {
            return;
        };
        if is_open {
            close_from_outside(menu, popup.clone().into());
            // By then the items are there.
            request_animation_frame(move || {
                if open.try_get_untracked() == Some(true) {
                    float(&popup, &button, beside);
                    keys::focus_first(&popup);
                }
            });
        } else {
            drop(popup.hide_popover());
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(popup) = popup.get_untracked() else { return };
        if matches!(event.key().as_str(), "Escape" | "Tab") {
            menu.close();
        }
        // Tab goes on from the button; everything else that means something here means nothing elsewhere.
        if event.key() != "Tab" && (event.key() == "Escape" || keys::moved(&popup, &event)) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let on_trigger_key = move |event: ev::KeyboardEvent| {
        // With Alt the arrows are a shortcut of the page.
        let arrow = matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") && !event.alt_key();
        if arrow && !open.get_untracked() {
            event.prevent_default();
            open.set(true);
        }
    };
    view! {
        <button
            node_ref=button
            type="button"
            class=class
            class:btn-bare=bare
            aria-label=move || label.get()
            data-tip=move || icon_only.then(|| label.get())
            data-tip-side=(beside.side == Side::Right).then_some("right")
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-controls=id.clone()
            disabled=move || disabled.get()
            on:click=move |_| open.update(|open| *open = !*open)
            on:keydown=on_trigger_key
        >
            {trigger.run()}
        </button>
        <div
            node_ref=popup
            id=id
            class="popup"
            popover="manual"
            role="menu"
            aria-label=move || label.get()
            on:keydown=on_key
        >
            {move || {
                provide_context(menu);
                open.get().then(|| children())
            }}
        </div>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <div class="popup-rule" role="separator"></div> }
}

fn unique_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("menu-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// Until the current effect runs again, a press or a turn of the wheel outside closes the menu; so does another size of the
/// window, which would leave it in the wrong place.
fn close_from_outside(menu: InMenu, popup: HtmlElement) {
    let outside = move |event: &leptos::web_sys::Event| {
        let at = target(event).map(Node::from);
        let within = |element: Option<&Node>| element.is_some_and(|element| element.contains(at.as_ref()));
        let trigger = menu.trigger.get_untracked();
        !within(Some(&popup)) && !within(trigger.as_deref().map(AsRef::as_ref))
    };
    let turned_outside = outside.clone();
    let press = window_event_listener(ev::pointerdown, move |event| {
        if outside(&event) {
            menu.open.set(false);
        }
    });
    let wheel = window_event_listener(ev::wheel, move |event| {
        if turned_outside(&event) {
            menu.open.set(false);
        }
    });
    let resize = window_event_listener(ev::resize, move |_| menu.open.set(false));
    on_cleanup(move || {
        press.remove();
        wheel.remove();
        resize.remove();
    });
}
