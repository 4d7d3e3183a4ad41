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
use app::i18n::{locale, td_string};
use leptos::prelude::*;
use sample::Sample;

/// What the page is made of: an anchor, a name, what is in it.
type Section = (&'static str, &'static str, Vec<Sample>);

#[component]
pub(crate) fn ComponentsPage() -> impl IntoView {
    let t = locale();
    let sections: [Section; 10] = [
        ("colour", td_string!(t, showcase.colour), colours::samples(t)),
        ("type", td_string!(t, showcase.typography), type_and_space::samples(t)),
        ("actions", td_string!(t, showcase.actions), actions::samples(t)),
        ("forms", td_string!(t, showcase.forms), forms::samples(t)),
        ("marks", td_string!(t, showcase.marks), marks::samples(t)),
        ("people", td_string!(t, showcase.people), people::samples(t)),
        ("seats", td_string!(t, showcase.signature), signature::samples(t)),
        ("floats", td_string!(t, showcase.floats), floats::samples(t)),
        ("states", td_string!(t, showcase.states), states::samples(t)),
        ("pages", td_string!(t, showcase.pages), pages::samples(t)),
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
    view! {
        <PageFrame title=td_string!(t, admin.components)>
            <div class="showcase">
                <p class="showcase-intro">{td_string!(t, showcase.intro)}</p>
                <nav class="showcase-links" aria-label=td_string!(t, admin.components)>
                    {links.into_iter().collect_view()}
                </nav>
                {sections.into_iter().collect_view()}
            </div>
        </PageFrame>
    }
}
