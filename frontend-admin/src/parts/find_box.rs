//! The box that narrows a list down: `/` leads to it, Escape empties it, Enter and the arrow lead on to what it has found.

use app::ui::Icon;
use app::ui::dialog::is_any_open;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub(crate) fn FindBox(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// Selects what it finds, to go on to the first of them.
    list: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let slash = window_event_listener(ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() == "/" && !with_others && !is_busy_elsewhere() {
            event.prevent_default();
            if let Some(input) = node.get_untracked() {
                drop(input.focus());
                input.select();
            }
        }
    });
    on_cleanup(move || slash.remove());
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if !value.with_untracked(String::is_empty) => {
            event.stop_propagation();
            value.set(String::new());
        }
        "Enter" | "ArrowDown" => {
            event.prevent_default();
            focus_first(list);
        }
        _ => {}
    };
    view! {
        <label class="find-box">
            {Icon::Search.view()}
            <input
                node_ref=node
                type="search"
                placeholder=label.clone()
                aria-label=label
                aria-keyshortcuts="/"
                autocomplete="off"
                spellcheck="false"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=on_key
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

fn focus_first(selector: &str) {
    let first = document().query_selector(selector).ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        drop(first.focus());
    }
}

/// Whether keys are somebody else's: something is being written, or a dialog is open.
fn is_busy_elsewhere() -> bool {
    let writes = |element: Element| {
        element
            .matches("input, textarea, select, [contenteditable]")
            .unwrap_or_default()
    };
    document().active_element().is_some_and(writes) || is_any_open()
}
