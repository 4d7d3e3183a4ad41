//! The lists at the left: my conversations, who waits, who was missed.

mod line;
mod mine;
mod missed;
pub(crate) mod row;

use leptos::prelude::*;

#[component]
pub(crate) fn Lists() -> impl IntoView {
    view! {
        <mine::Mine />
        <line::WaitingLine />
        <missed::MissedQueue />
    }
}

/// The head of a list: its name and how many.
fn head(name: &'static str, count: impl Fn() -> i32 + Send + 'static, beside: impl IntoView) -> impl IntoView {
    view! {
        <h2 class="list-head">
            {name}
            <span class="list-count">{count}</span>
            {beside}
        </h2>
    }
}
