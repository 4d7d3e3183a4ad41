//! While something is on its way: its outline, not a spinner.

use crate::i18n::{locale, td_string};
use leptos::prelude::*;

/// As many grey rows as are likely to come.
#[component]
pub fn Loading(#[prop(default = 5)] rows: u32) -> impl IntoView {
    let row = |index: u32| {
        let width = 90 - index * 37 % 45;
        view! { <div class="bone h-4" style=format!("width: {width}%")></div> }
    };
    view! {
        <div class="grid content-start gap-4 p-4" role="status" aria-label=td_string!(locale(), common.loading)>
            {(0..rows).map(row).collect_view()}
        </div>
    }
}
