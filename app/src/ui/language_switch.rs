//! The switch between languages, each under its own name.

use crate::i18n::{Language, Locale, locale, own_name, td_string};
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// A segment for every language there is.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let (t, language) = (locale(), expect_context::<Language>());
    let segment = move |choice: &Locale| {
        let choice = *choice;
        view! {
            <button
                type="button"
                lang=choice.as_str()
                aria-pressed=(t == choice).to_string()
                on:click=move |_| language.choose(choice)
            >
                {own_name(choice)}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=td_string!(t, language.label)>
            {Locale::get_all().iter().map(segment).collect_view()}
        </div>
    }
}
