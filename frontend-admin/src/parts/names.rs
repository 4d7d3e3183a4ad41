//! What groups are called, and names in a cell, on one line; what does not fit is told by the tooltip.

use app::i18n::{Locale, locale};
use app::ui::names::{isolated, name_or};
use domain::GroupId;
use leptos::prelude::*;

/// What a member group is called among our own words: its name, or its number if there is nothing to see.
pub(crate) fn group_name(id: GroupId, name: &str) -> String {
    name_or(name, || id.to_string())
}

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
