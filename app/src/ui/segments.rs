//! One of a few, side by side: a language, a theme. In a menu the segments are items of it.

use super::menu::InMenu;
use leptos::prelude::*;

/// One that can be chosen.
#[derive(Clone, Debug)]
pub struct Segment<T> {
    pub value: T,
    pub label: &'static str,
    /// The language of the label, if it is not the page's.
    pub lang: Option<&'static str>,
}

#[component]
pub fn Segments<T>(
    /// What is chosen here.
    #[prop(into)]
    label: String,
    segments: Vec<Segment<T>>,
    #[prop(into)] chosen: Signal<T>,
    #[prop(into)] on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let in_menu = use_context::<InMenu>().is_some();
    let one = move |Segment { value, label, lang }: Segment<T>| {
        let on = move || (chosen.get() == value).to_string();
        view! {
            <button
                type="button"
                lang=lang
                role=in_menu.then_some("menuitemradio")
                tabindex=in_menu.then_some("-1")
                aria-checked=move || in_menu.then(on)
                aria-pressed=move || (!in_menu).then(on)
                on:click=move |_| on_choose.run(value)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=label>
            {segments.into_iter().map(one).collect_view()}
        </div>
    }
}
