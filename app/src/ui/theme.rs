//! Light, dark, or as the system is.

use super::browser;
use super::segments::{Segment, Segments};
use crate::i18n::{locale, td_string};
use crate::ui::reactive::effect;
use leptos::prelude::*;

const STORED: &str = "seatline.theme";

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    #[default]
    System,
    Light,
    Dark,
}

impl Choice {
    /// As stored and as the root element's `data-theme`; the system's needs neither.
    const fn name(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The theme in force; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Theme(RwSignal<Choice>);

impl Theme {
    pub fn start() -> Self {
        let stored = browser::stored(STORED).unwrap_or_default();
        let theme = Self(RwSignal::new(Choice::from_name(&stored)));
        effect(move || {
            let name = theme.0.get().name();
            browser::set_root_attribute("data-theme", (!name.is_empty()).then_some(name));
            browser::store(STORED, name);
        });
        theme
    }
}

/// Three segments: system, light, dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let (t, theme) = (locale(), expect_context::<Theme>());
    let choices = [
        (Choice::System, td_string!(t, theme.system)),
        (Choice::Light, td_string!(t, theme.light)),
        (Choice::Dark, td_string!(t, theme.dark)),
    ];
    let segment = |(value, label)| Segment {
        value,
        label,
        lang: None,
    };
    view! {
        <Segments
            label=td_string!(t, theme.label)
            segments=choices.into_iter().map(segment).collect()
            chosen=theme.0
            on_choose=move |choice| theme.0.set(choice)
        />
    }
}
