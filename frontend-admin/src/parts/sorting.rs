//! Columns that a table can be sorted by.

use app::i18n::Locale;
use app::ui::Icon;
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// The head of a column: pressed once it sorts upwards, pressed again downwards.
#[component]
pub(crate) fn SortHead(
    #[prop(into)] label: String,
    /// `Some(true)` if the table is sorted by this column, downwards.
    #[prop(into)]
    descending: Signal<Option<bool>>,
    on_press: Callback<()>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let sorted = move || match descending.get() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let icon = move || {
        let icon = if descending.get() == Some(true) {
            Icon::ArrowDown
        } else {
            Icon::ArrowUp
        };
        icon.view()
    };
    view! {
        <th class=class aria-sort=sorted>
            <button type="button" class="sort" on:click=move |_| on_press.run(())>
                {label}
                {icon}
            </button>
        </th>
    }
}

/// Compares names as people of that language order them: Chinese by pinyin, and `10` after `9`.
pub(crate) fn order_of_names(t: Locale) -> impl Fn(&str, &str) -> Ordering {
    let options = js_sys::Object::new();
    drop(js_sys::Reflect::set(&options, &"numeric".into(), &true.into()));
    let languages = js_sys::Array::of1(&t.as_str().into());
    let compare = js_sys::Intl::Collator::new(&languages, &options).compare();
    move |one, other| {
        let answer = compare.call2(&JsValue::UNDEFINED, &one.into(), &other.into());
        let difference = answer.ok().and_then(|answer| answer.as_f64()).unwrap_or_default();
        difference.total_cmp(&0.0)
    }
}
