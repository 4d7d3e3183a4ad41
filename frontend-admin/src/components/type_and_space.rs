//! What everything is set in, and how far apart it stands.

use super::sample::Sample;
use leptos::prelude::*;

const SIZES: [(&str, &str); 6] = [
    ("text-xs", "12"),
    ("text-sm", "13"),
    ("text-base", "14"),
    ("text-lg", "16"),
    ("text-xl", "20"),
    ("text-2xl", "28"),
];

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "text-*",
            "Six sizes, two weights. 14 px is the base; times and counts have tabular figures.",
            sizes,
        ),
        Sample::new(
            "gap-*, p-*",
            "Steps of 4 px. 4 and 8 within a thing, 12 and 16 between things, 24 at the edge of a page.",
            steps,
        ),
        Sample::new(
            "border-radius",
            "5 px for what is small, 6 for buttons and fields, 8 for boxes, 10 for dialogs, 14 for bubbles.",
            radii,
        ),
        Sample::new(
            "transition",
            "120 to 180 ms, ease-out, opacity and transform only; none if the reader asked for none.",
            motion,
        ),
    ]
}

fn sizes() -> AnyView {
    let text = "Seats free up one by one. 座席逐个空出。 0123456789";
    let line = |(class, px): (&'static str, &'static str)| {
        view! {
            <div class="type-line">
                <span class="figures text-quiet">{px}</span>
                <span class=format!("{class} truncate")>{text}</span>
                <b class=format!("{class} type-bold")>"600"</b>
            </div>
        }
    };
    view! { <div>{SIZES.map(line).into_iter().collect_view()}</div> }.into_any()
}

fn steps() -> AnyView {
    let step = |px: u32| {
        view! {
            <div class="space-step">
                <span style=format!("width: {px}px")></span>
                <span class="figures">{px}</span>
            </div>
        }
    };
    view! { <div class="sample-states">{[4, 8, 12, 16, 24, 32].map(step).into_iter().collect_view()}</div> }.into_any()
}

fn radii() -> AnyView {
    let corner = |px: u32| {
        view! {
            <div class="space-step">
                <span class="radius-box" style=format!("border-radius: {px}px")></span>
                <span class="figures">{px}</span>
            </div>
        }
    };
    view! { <div class="sample-states">{[5, 6, 8, 10, 14].map(corner).into_iter().collect_view()}</div> }.into_any()
}

fn motion() -> AnyView {
    view! {
        <div class="sample-states motion-track">
            <span class="motion-box"></span>
        </div>
    }
    .into_any()
}
