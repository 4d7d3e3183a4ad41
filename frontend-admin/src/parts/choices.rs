//! Several out of many: a list of check boxes.

use leptos::prelude::*;

/// One that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice<T> {
    pub(crate) id: T,
    pub(crate) name: String,
    /// A quiet line below.
    pub(crate) hint: Option<String>,
}

#[component]
pub(crate) fn Choices<T>(
    #[prop(into)] label: String,
    choices: Vec<Choice<T>>,
    chosen: RwSignal<Vec<T>>,
    /// What to say if there are none.
    #[prop(into)]
    none: String,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let box_of = move |choice: Choice<T>| {
        let id = choice.id;
        let toggle = move |_| {
            chosen.update(|chosen| match chosen.iter().position(|one| *one == id) {
                Some(at) => _ = chosen.remove(at),
                None => chosen.push(id),
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    class="checkbox checkbox-sm"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                    on:change=toggle
                />
                <span>
                    {choice.name}
                    {choice.hint.map(|hint| view! { <span class="field-hint block">{hint}</span> })}
                </span>
            </label>
        }
    };
    let empty = choices
        .is_empty()
        .then(|| view! { <span class="field-hint">{none}</span> });
    view! {
        <div class="field" role="group" aria-label=label.clone()>
            <span class="field-label">{label.clone()}</span>
            {empty}
            {choices.into_iter().map(box_of).collect_view()}
        </div>
    }
}
