//! Fields of a form: a label above, the control, and a note below that gives a hint and says what is wrong.

pub mod password;
pub mod text;

pub use password::PasswordField;
pub use text::Field;

use super::Icon;
use crate::ui::reactive::effect;
use leptos::{html, prelude::*};
use std::sync::atomic::{AtomicU32, Ordering};

/// Ties a control to its label and its note. Unique in the page: the same form may be open twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// The control's `id`.
    pub control: String,
    /// The control's `aria-describedby`.
    pub note: String,
}

impl Ids {
    fn new() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        Self {
            control: format!("field-{number}"),
            note: format!("field-{number}-note"),
        }
    }
}

/// What is around a control of any kind: `let:ids` hands the control its ids.
#[component]
pub fn Labelled<F, V>(
    #[prop(into)] label: String,
    #[prop(optional, into)] problem: MaybeProp<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// The control.
    children: F,
) -> impl IntoView
where
    F: FnOnce(Ids) -> V + Send + 'static,
    V: IntoView,
{
    let ids = Ids::new();
    view! {
        <div class="field">
            <label for=ids.control.clone()>{label}</label>
            {children(ids.clone())}
            <div id=ids.note class="field-note">{move || note(problem.get(), hint.get())}</div>
        </div>
    }
}

/// The control's node, which takes the focus when it appears if `wanted`; for what is not in a dialog.
fn focused(wanted: bool) -> NodeRef<html::Input> {
    let node = NodeRef::<html::Input>::new();
    effect(move || {
        if let (true, Some(input)) = (wanted, node.get()) {
            drop(input.focus());
        }
    });
    node
}

/// What stands below a control: what is wrong, and the hint, which says how it would be right.
pub fn note(problem: Option<String>, hint: Option<String>) -> impl IntoView {
    view! {
        {problem
            .map(|problem| view! { <span class="field-problem">{Icon::CircleAlert.view()} {problem}</span> })}
        {hint.map(|hint| view! { <span class="field-hint">{hint}</span> })}
    }
}
