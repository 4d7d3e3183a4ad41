//! Names in a cell, on one line; what does not fit is told by the tooltip.

use app::i18n::{Locale, locale};
use app::ui::names::isolated;
use leptos::prelude::*;

#[component]
pub(crate) fn Names(names: Vec<String>) -> impl IntoView {
    let mark = match locale() {
        Locale::en => ", ",
        Locale::zh => "、",
    };
    let names: Vec<_> = names.iter().map(|name| isolated(name)).collect();
    let text = names.join(mark);
    let tip = text.clone();
    view! {
        <span class="cell-names" data-tip=tip>
            {text}
        </span>
    }
}
