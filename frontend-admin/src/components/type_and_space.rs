//! What everything is set in, and how far apart it stands.

use super::sample::Sample;
use app::i18n::{Locale, locale, td_string};
use leptos::prelude::*;

const SIZES: [(&str, &str); 6] = [
    ("text-xs", "12"),
    ("text-sm", "13"),
    ("text-base", "14"),
    ("text-lg", "16"),
    ("text-xl", "20"),
    ("text-2xl", "28"),
];

pub(super) fn samples(t: Locale) -> Vec<Sample> {
    vec![
        Sample::new("text-*", td_string!(t, showcase.type_why), sizes),
        Sample::new("gap-*, p-*", td_string!(t, showcase.space_why), steps),
        Sample::new("border-radius", td_string!(t, showcase.radius_why), radii),
        Sample::new("transition", td_string!(t, showcase.motion_why), motion),
    ]
}

fn sizes() -> AnyView {
    let text = td_string!(locale(), showcase.sample_text);
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
