//! The switch between languages, each under its own name.

use super::menu::InMenu;
use super::segments::{Segment, Segments};
use crate::i18n::{Language, Locale, locale, own_name, td_string};
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// A segment for every language there is.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let (t, language) = (locale(), expect_context::<Language>());
    let in_menu = use_context::<InMenu>().is_some();
    let segment = |choice: &Locale| Segment {
        value: *choice,
        label: own_name(*choice),
        lang: Some(choice.as_str()),
    };
    view! {
        <Segments
            label=td_string!(t, language.label)
            segments=Locale::get_all().iter().map(segment).collect()
            chosen=Signal::derive(move || language.get())
            on_choose=move |choice| language.choose(choice, in_menu)
        />
    }
}
