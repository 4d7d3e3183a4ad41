//! Moving through a table's rows by keys, and the menu at the end of a row.

use app::ui::float::Beside;
use app::ui::{Icon, Menu};
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Arrow up and down lead from the link of one row to the next one's.
pub(crate) fn move_between_rows(event: ev::KeyboardEvent) {
    let up = match event.key().as_str() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return,
    };
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(row) = on.and_then(|on| on.closest("tbody tr").ok().flatten()) else {
        return;
    };
    let next = if up {
        row.previous_element_sibling()
    } else {
        row.next_element_sibling()
    };
    let link = next.and_then(|row| row.query_selector(".thing").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        drop(link.focus());
    }
}

/// What can be done with a row's thing.
#[component]
pub(crate) fn RowMenu(#[prop(into)] label: Signal<String>, items: ViewFn) -> impl IntoView {
    let trigger = || Icon::Ellipsis.view();
    let items = StoredValue::new(items);
    view! {
        <Menu
            label
            trigger
            open=RwSignal::new(false)
            class="btn btn-quiet btn-sm btn-square"
            icon_only=true
            beside=Beside::BELOW_END
        >
            {items.with_value(ViewFn::run)}
        </Menu>
    }
}
