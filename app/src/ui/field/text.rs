//! One line of text.

use super::{Labelled, focused};
use leptos::prelude::*;

/// One line of text. `name` is the API's name for the field, so that its problems find it.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] problem: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    /// As the `type` attribute.
    #[prop(default = "text")]
    kind: &'static str,
    /// As the `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Takes the focus when it appears.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let node = focused(focus);
    view! {
        <Labelled label problem hint let:ids>
            <input
                node_ref=node
                id=ids.control
                class="input"
                type=kind
                name=name
                autofocus=focus
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby=ids.note
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Labelled>
    }
}
