//! Something asked of the server for a view: on its way, there, or failed with a way to try again. What failed because the
//! session was over is asked again by itself when the member is back.

use super::session::use_session;
use super::{ErrorState, Loading};
use crate::api::{ApiError, ErrorCode};
use crate::ui::reactive::{effect, memo};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    Loading,
    Ready(T),
    Failed(ApiError),
}

/// Asks, and asks again when told to. A late answer to an earlier question is dropped.
#[derive(Debug)]
pub struct Loader<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    asked: StoredValue<u32>,
    ask: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Clone + Send + Sync + 'static> Loader<T> {
    /// Asks at once.
    pub fn new<F>(fetch: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let (state, asked) = (RwSignal::new(Load::Loading), StoredValue::new(0));
        let (session, missed) = (use_session(), StoredValue::new(false));
        let ask = Callback::new(move |()| {
            let Some(ticket) = asked.try_update_value(|asked| {
                *asked += 1;
                *asked
            }) else {
                return;
            };
            let answer = session.call(fetch());
            spawn_local(async move {
                let answer = answer.await;
                if asked.try_get_value() != Some(ticket) {
                    return;
                }
                match answer {
                    Ok(value) => state.set(Load::Ready(value)),
                    // The log-in shows in front of what there is, and what is missing is asked for after it.
                    Err(error) if error.code == ErrorCode::Unauthorized => missed.set_value(true),
                    Err(error) => state.set(Load::Failed(error)),
                }
            });
        });
        ask.run(());
        effect(move || {
            let returns = session.returns();
            if returns > 0 && missed.try_update_value(std::mem::take) == Some(true) {
                ask.run(());
            }
        });
        Self { state, asked, ask }
    }

    /// Asks again and keeps showing what there is until the answer comes.
    pub fn refresh(self) {
        self.ask.run(());
    }

    /// Changes what is there, such as a row that was just edited.
    pub fn change(self, change: impl FnOnce(&mut T)) {
        // An answer that is still on its way would undo the change.
        self.asked.update_value(|asked| *asked += 1);
        self.state.update(|state| {
            if let Load::Ready(value) = state {
                change(value);
            }
        });
    }

    /// What is there.
    pub fn ready(self) -> Option<T> {
        self.state.with(|state| match state {
            Load::Ready(value) => Some(value.clone()),
            Load::Loading | Load::Failed(_) => None,
        })
    }

    pub fn is_ready(self) -> bool {
        self.state.with(|state| matches!(state, Load::Ready(_)))
    }

    /// Asks again, if asking has failed.
    pub fn retry(self) {
        if untrack(|| self.error()).is_some() {
            self.state.set(Load::Loading);
            self.refresh();
        }
    }

    /// Why it is not there.
    pub fn error(self) -> Option<ApiError> {
        self.state.with(|state| match state {
            Load::Failed(error) => Some(error.clone()),
            Load::Loading | Load::Ready(_) => None,
        })
    }

    /// The same as [`Loader::show`] for a view that reads by itself what is there, and is not built anew when it changes.
    pub fn show_steady<V: IntoView + 'static>(
        self,
        rows: u32,
        ready: impl Fn() -> V + Send + 'static,
    ) -> impl IntoView {
        let there = memo(move || self.is_ready());
        let error = memo(move || self.error());
        move || match (there.get(), error.get()) {
            (true, _) => ready().into_any(),
            (false, None) => view! { <Loading rows /> }.into_any(),
            (false, Some(error)) => view! { <ErrorState error on_retry=move |()| self.retry() /> }.into_any(),
        }
    }

    /// An outline while it loads, the error with a way to try again, or what `ready` makes of it.
    pub fn show<V: IntoView + 'static>(self, rows: u32, ready: impl Fn(T) -> V + Send + 'static) -> impl IntoView {
        move || match self.state.get() {
            Load::Loading => view! { <Loading rows /> }.into_any(),
            Load::Ready(value) => ready(value).into_any(),
            Load::Failed(error) => view! { <ErrorState error on_retry=move |()| self.retry() /> }.into_any(),
        }
    }
}
