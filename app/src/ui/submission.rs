//! A form on its way to the server: busy, done, or wrong here and there.

use super::session::{Session, use_session};
use crate::api::{ApiError, ErrorCode};
use crate::i18n::{locale, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

/// One form's call, at most one at a time.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    session: Session,
}

impl Submission {
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            session: use_session(),
        }
    }

    /// Starts the call, unless one is under way. `done` gets the answer, if the form is still there.
    pub fn run<T: 'static>(
        self,
        call: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = self.session.call(call).await;
            // `None` says that the form is gone.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => done(value),
                Err(error) => self.fail(error),
            }
        });
    }

    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// What is wrong with the field of that name.
    pub fn problem(self, field: &'static str) -> Signal<Option<String>> {
        let t = locale();
        Signal::derive(move || {
            let error = self.error.get()?;
            Some(words::field_problem(t, *error.fields.get(field)?).to_owned())
        })
    }

    /// What is wrong with the whole.
    pub fn trouble(self) -> Signal<Option<String>> {
        let t = locale();
        Signal::derive(move || {
            let error = self.error.get()?;
            // So does the form itself where somebody else was quicker.
            let fields_say_it =
                (error.code == ErrorCode::InvalidInput && !error.fields.is_empty()) || error.current.is_some();
            (!fields_say_it).then(|| words::error(t, &error))
        })
    }

    /// Shows an error, also one that was found without asking the server, and leads to the first field that is wrong.
    pub fn fail(self, error: ApiError) {
        self.error.set(Some(error));
        // By then the fields know.
        request_animation_frame(|| _ = focus_first_problem());
    }
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

/// In the form that has the focus: on the button just pressed, or in the field where Enter was.
fn focus_first_problem() -> Option<()> {
    let form = document().active_element()?.closest("form").ok()??;
    let field = form.query_selector("[aria-invalid=true]").ok()??;
    field.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// What is wrong with the whole form, above its buttons.
#[component]
pub fn Trouble(
    submission: Submission,
    /// What that code means here, where the form knows better.
    #[prop(optional)]
    says: Option<(ErrorCode, &'static str)>,
) -> impl IntoView {
    let trouble = submission.trouble();
    let trouble = move || match says {
        Some((code, words))
            if submission.error.with(|error| {
                error
                    .as_ref()
                    .is_some_and(|error| error.code == code && error.current.is_none())
            }) =>
        {
            Some(words.to_owned())
        }
        _ => trouble.get(),
    };
    view! { <div class="field-note" role="alert">{move || super::field::note(trouble(), None)}</div> }
}
