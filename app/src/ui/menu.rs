//! A menu that drops from a button.

use super::Icon;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// A button and what drops from it. Closes on Escape, on a press outside, and when an item closes it.
#[component]
pub fn Menu(
    #[prop(into)] label: String,
    /// What the button shows.
    trigger: ViewFn,
    open: RwSignal<bool>,
    /// The button is as wide as what it shows.
    #[prop(optional)]
    bare: bool,
    /// Opens towards the left.
    #[prop(optional)]
    from_right: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let inside = node.get_untracked().is_some_and(|node| node.contains(target.as_ref()));
        if open.get_untracked() && !inside {
            open.set(false);
        }
    });
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || {
        outside.remove();
        escape.remove();
    });
    view! {
        <div class="menu-anchor" node_ref=node>
            <button
                type="button"
                class="btn btn-quiet"
                class:btn-bare=bare
                aria-label=label.clone()
                title=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {trigger.run()}
            </button>
            {move || {
                open.get()
                    .then(|| {
                        let side = if from_right { "right-0" } else { "left-0" };
                        view! { <div class=format!("popup {side} top-full mt-1")>{children()}</div> }
                    })
            }}
        </div>
    }
}

/// One thing that can be done or chosen.
#[component]
pub fn MenuItem(
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Option<Icon>,
    /// A second, quiet line.
    #[prop(optional, into)]
    hint: Option<String>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="popup-item" on:click=move |_| on_press.run(())>
            {icon.map(Icon::view)}
            <span class="grid">
                <span>{label}</span>
                {hint.map(|hint| view! { <span class="text-xs text-quiet">{hint}</span> })}
            </span>
        </button>
    }
}
