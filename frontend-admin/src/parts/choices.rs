//! Several out of many: a list of check boxes, each with a line that explains it.

use app::i18n::{locale, td_string};
use app::ui::field::note;
use leptos::prelude::*;

/// One that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice<T> {
    pub(crate) id: T,
    pub(crate) name: String,
    /// A quiet line below.
    pub(crate) hint: Option<String>,
    /// It stays as it is.
    pub(crate) fixed: bool,
}

#[component]
pub(crate) fn Choices<T>(
    #[prop(into)] label: String,
    /// What being chosen means.
    #[prop(into)]
    hint: String,
    choices: Vec<Choice<T>>,
    chosen: RwSignal<Vec<T>>,
    #[prop(into)] problem: Signal<Option<String>>,
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
                    disabled=choice.fixed
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                    on:change=toggle
                />
                <span class="choice-text">
                    {choice.name} {choice.hint.map(|hint| view! { <span class="field-hint">{hint}</span> })}
                </span>
            </label>
        }
    };
    let none = choices
        .is_empty()
        .then(|| view! { <span class="choice-none">{td_string!(locale(), admin.no_groups_yet)}</span> });
    view! {
        <div class="field" role="group" aria-label=label.clone()>
            <span class="field-label">{label.clone()}</span>
            <span class="field-hint">{hint}</span>
            <div class="choices">{none} {choices.into_iter().map(box_of).collect_view()}</div>
            <div class="field-note">{move || note(problem.get(), None)}</div>
        </div>
    }
}
