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
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: Kind,
    #[prop(optional, into)] icon: MaybeProp<Icon>,
    /// Show the icon alone; the label becomes a tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// The keys that do the same, with spaces between them: "Alt D". Named in the tooltip.
    #[prop(optional, into)]
    keys: Option<&'static str>,
    #[prop(optional)] small: bool,
    /// Has the focus when the dialog that it is in opens.
    #[prop(optional)]
    autofocus: bool,
    /// For a switch: whether it is on.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Why it cannot be pressed right now. Unlike a disabled one it can still be reached, and says so.
    #[prop(optional, into)]
    blocked: MaybeProp<String>,
    /// Whom or what the verb is about, for those who hear it alone: "Claim", "Léa Martin".
    #[prop(optional, into)]
    about: MaybeProp<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    let class = [
        kind.class(),
        if small { "btn-sm" } else { "" },
        if icon_only { "btn-square" } else { "" },
    ]
    .join(" ");
    let tip = move || {
        blocked
            .get()
            .or_else(|| (icon_only || keys.is_some()).then(|| label.get()))
    };
    let name = move || match (about.get(), blocked.get()) {
        (None, None) => icon_only.then(|| label.get()),
        (about, blocked) => {
            let parts = [Some(label.get()), about, blocked].into_iter().flatten();
            Some(parts.collect::<Vec<_>>().join(", "))
        }
    };
    view! {
        <button
            class=class
            autofocus=autofocus
            type=if on_press.is_some() { "button" } else { "submit" }
            data-tip=tip
            data-keys=keys
            aria-label=name
            // While it is busy, not `disabled`, which would take the focus away.
            aria-disabled=move || (busy.get() || blocked.get().is_some()).then_some("true")
            aria-keyshortcuts=keys.map(|keys| keys.replace(' ', "+"))
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            aria-busy=move || busy.get().to_string()
            disabled=move || disabled.get()
            on:click=move |event| match (on_press, blocked.get_untracked()) {
                (_, None) if busy.get_untracked() => event.prevent_default(),
                (Some(press), None) => press.run(()),
                _ => {}
            }
        >
            {move || busy.get().then(|| view! { <span class="loading loading-spinner loading-xs"></span> })}
            {move || icon.get().map(Icon::view)}
            {(!icon_only).then_some(move || label.get())}
        </button>
    }
}
