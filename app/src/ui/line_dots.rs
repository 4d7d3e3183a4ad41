//! The line: a row of dots ending at a seat.

use leptos::prelude::*;

/// Dots drawn at most; the number beside them tells the rest.
const DOTS_MAX: i32 = 6;

/// As many dots as people wait, up to six, and the seat they wait for. An ornament: a number stands beside it.
#[component]
pub fn LineDots(#[prop(into)] waiting: Signal<i32>) -> impl IntoView {
    view! {
        <span class="line-dots" aria-hidden="true">
            {move || {
                (0..waiting.get().clamp(0, DOTS_MAX)).map(|_| view! { <span class="line-dot"></span> }).collect_view()
            }}
            <span class="seat"></span>
        </span>
    }
}
