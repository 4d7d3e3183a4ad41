//! A labelled text field, with a hint or with what is wrong.

use super::Icon;
use leptos::{html, prelude::*};

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
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (true, Some(input)) = (focus, node.get()) {
            drop(input.focus());
        }
    });
    let id = format!("field-{name}");
    let note_id = format!("{id}-note");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                node_ref=node
                id=id
                class="input"
                type=kind
                name=name
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby=note_id.clone()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <div id=note_id>{move || note(problem.get(), hint.clone())}</div>
        </div>
    }
}

/// What stands below a field: its problem, else its hint.
pub fn note(problem: Option<String>, hint: Option<String>) -> AnyView {
    match (problem, hint) {
        (Some(problem), _) => {
            view! { <span class="field-problem">{Icon::TriangleAlert.view()} {problem}</span> }.into_any()
        }
        (None, Some(hint)) => view! { <span class="field-hint">{hint}</span> }.into_any(),
        (None, None) => ().into_any(),
    }
}
