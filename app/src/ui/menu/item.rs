//! One line of a menu.

use super::InMenu;
use crate::ui::Icon;
use leptos::prelude::*;

/// Whether an item is the one chosen among its neighbours.
pub type Checked = Signal<bool>;

/// One thing that can be done or chosen. The menu closes first.
#[component]
pub fn MenuItem(
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Option<Icon>,
    /// A second, quiet line.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The item is one of several, of which one is chosen.
    #[prop(optional, into)]
    checked: Option<Checked>,
    /// Ends or takes away something.
    #[prop(optional)]
    danger: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let menu = expect_context::<InMenu>();
    let press = move |_| {
        menu.close();
        on_press.run(());
    };
    view! {
        <button
            type="button"
            class="popup-item"
            class:popup-item-danger=danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            tabindex="-1"
            disabled=move || disabled.get()
            on:click=press
        >
            {icon.map(Icon::view)}
            <span class="grid grow">
                <span>{label}</span>
                {hint.map(|hint| view! { <span class="popup-hint">{hint}</span> })}
            </span>
            {checked.map(|checked| move || checked.get().then(|| Icon::Check.view()))}
        </button>
    }
}
