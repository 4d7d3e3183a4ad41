//! Every shared component in every state, each with its name and when to use it; and the colours, type and space that they
//! are made of. Nothing is made here: what is shown is what desk and console use.

mod actions;
mod colours;
mod contrast;
mod floats;
mod forms;
mod marks;
mod pages;
mod people;
mod sample;
mod signature;
mod states;
mod type_and_space;

use crate::parts::PageFrame;
use js_sys::Array;
use leptos::prelude::*;
use sample::Sample;
use web_sys::CssStyleSheet;

/// What the page is made of: an anchor, a name, what is in it.
type Section = (&'static str, &'static str, Vec<Sample>);

#[component]
pub(crate) fn ComponentsPage() -> impl IntoView {
    let sections: [Section; 10] = [
        ("colour", "Colour", colours::samples()),
        ("type", "Type, space, motion", type_and_space::samples()),
        ("actions", "Actions", actions::samples()),
        ("forms", "Forms", forms::samples()),
        ("marks", "Marks", marks::samples()),
        ("people", "People", people::samples()),
        ("seats", "Seats and the line", signature::samples()),
        ("floats", "What floats", floats::samples()),
        ("states", "States", states::samples()),
        ("pages", "Tables and the log-in", pages::samples()),
    ];
    let links = sections
        .each_ref()
        .map(|(id, name, _)| view! { <a href=format!("#{id}")>{*name}</a> });
    let sections = sections.map(|(id, name, samples)| {
        view! {
            <section id=id class="showcase-section">
                <h2>{name}</h2>
                {samples.into_iter().map(Sample::view).collect_view()}
            </section>
        }
    });
    wear(include_str!("components.css"));
    view! {
        <PageFrame title="Components">
            <div class="showcase">
                <p class="showcase-intro">"Every shared component in every state, light on the left, dark on the right. What is not here is not shared; what is here is not built a second time."</p>
                <nav class="showcase-links" aria-label="Components">
                    {links.into_iter().collect_view()}
                </nav>
                {sections.into_iter().collect_view()}
            </div>
        </PageFrame>
    }
}

/// Adds a style sheet to the page's: the console's own does not carry what only this page needs.
fn wear(sheet: &str) {
    if let Ok(made) = CssStyleSheet::new()
        && made.replace_sync(sheet).is_ok()
    {
        document().set_adopted_style_sheets(&Array::of1(&made));
    }
}
