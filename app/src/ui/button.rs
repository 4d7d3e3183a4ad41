//! The button: a verb, perhaps an icon, busy while what it started is under way.

use super::Icon;
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// What the screen is for; at most one in sight.
    Main,
    #[default]
    Plain,
    /// Without a border, for rows and headers.
    Quiet,
    /// Ends or takes away something.
    Danger,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "btn btn-primary",
            Self::Plain => "btn btn-plain",
            Self::Quiet => "btn btn-quiet",
            Self::Danger => "btn btn-error",
        }
    }
}

/// A button. Without `on_press` it submits the form it is in.
#[component]
pub fn Button(
    #[prop(into)] label: String,
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] icon: Option<Icon>,
    /// Show the icon alone; the label becomes a tooltip.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    let class = [
        kind.class(),
        if small { "btn-sm" } else { "" },
        if icon_only { "btn-square" } else { "" },
    ]
    .join(" ");
    view! {
        <button
            class=class
            type=if on_press.is_some() { "button" } else { "submit" }
            title=icon_only.then(|| label.clone())
            aria-label=icon_only.then(|| label.clone())
            aria-busy=move || busy.get().to_string()
            disabled=move || disabled.get() || busy.get()
            on:click=move |_| {
                if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            {move || busy.get().then(|| view! { <span class="loading loading-spinner loading-xs"></span> })}
            {icon.map(Icon::view)}
            {(!icon_only).then(|| label.clone())}
        </button>
    }
}
