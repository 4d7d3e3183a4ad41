//! Nothing here, and what that means.

use super::Icon;
use leptos::prelude::*;

/// An icon, a short title, perhaps a sentence and what could be done.
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    /// A button that would change it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            {icon.view()} <div class="state-title">{title}</div> {text.map(|text| view! { <p>{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
