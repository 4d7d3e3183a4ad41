//! Filters above a list: a row of chips, each on or off.

use leptos::prelude::*;

/// The row.
#[component]
pub fn Chips(
    /// What is chosen here: "Duty".
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="chips" role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// One filter.
#[component]
pub fn Chip(
    #[prop(into)] label: String,
    #[prop(into)] pressed: Signal<bool>,
    /// How many it would leave.
    #[prop(optional, into)]
    count: Option<Signal<usize>>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_press.run(())
        >
            {label}
            {count.map(|count| view! { <span class="chip-count">{move || count.get()}</span> })}
        </button>
    }
}
