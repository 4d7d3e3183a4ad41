//! Up and down through the lists with the arrow keys. Tab goes the same way; the arrows are shorter.

use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

/// Heads, rows that open, buttons that claim.
const STOPS: &str = "[data-stop], .row-claim > button";

pub(super) fn on_key(event: &KeyboardEvent, lists: &Element) {
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let stops = stops(lists);
    let focused = leptos::prelude::document().active_element();
    let here = stops.iter().position(|stop| Some(stop.as_ref()) == focused.as_ref());
    let next = match (event.key().as_str(), here) {
        ("ArrowDown", Some(here)) => stops.get(here + 1),
        ("ArrowUp", Some(here)) => here.checked_sub(1).and_then(|above| stops.get(above)),
        ("Home", Some(_)) => stops.first(),
        ("End", Some(_)) => stops.last(),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next {
        drop(next.focus());
    }
}

/// What can be walked to, as far as it is in sight; folded lists have no size.
fn stops(lists: &Element) -> Vec<HtmlElement> {
    let Ok(found) = lists.query_selector_all(STOPS) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|stop| stop.offset_parent().is_some())
        .collect()
}
