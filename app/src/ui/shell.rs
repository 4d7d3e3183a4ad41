//! What is around every page of both front ends: contexts, the session's gate, the corner for notes.

use super::login::LoginPage;
use super::session::{Session, State};
use super::theme::Theme;
use super::toasts::{ToastCorner, Toasts};
use super::{Clock, ErrorState, Loading};
use crate::i18n::Language;
use domain::member::Me;
use leptos::prelude::*;

/// Mounts a front end to the page's body.
pub fn mount<V: IntoView + 'static>(face: impl FnOnce() -> V + 'static) {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(face);
}

/// Provides the contexts and shows `children` to whom is logged in, with their [`Me`] as a context. `children` is built
/// once per log-in, so that a socket it opens lives as long as the session.
#[component]
pub fn Shell(
    /// The front end's name on the log-in page.
    face: fn(crate::i18n::Locale) -> &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let language = Language::start();
    provide_context(language);
    provide_context(Theme::start());
    provide_context(Clock::start());
    let toasts = Toasts::start();
    provide_context(toasts);
    let session = Session::start();
    provide_context(session);

    let state = Memo::new(move |_| session.state());
    let children = StoredValue::new(children);
    view! {
        {move || match state.get() {
            State::Checking => view! { <Loading rows=3 /> }.into_any(),
            State::Failed(error) => {
                let retry = move |()| session.check_again();
                view! { <Localized>{view! { <ErrorState error=error.clone() on_retry=retry /> }}</Localized> }.into_any()
            }
            State::LoggedOut { ended } => {
                view! { <Localized>{view! { <LoginPage face=face(language.now()) ended /> }}</Localized> }.into_any()
            }
            State::LoggedIn(me) => view! { <LoggedIn me>{children.with_value(|children| children())}</LoggedIn> }.into_any(),
        }}
        <Localized><ToastCorner toasts /></Localized>
    }
}

#[component]
fn LoggedIn(me: Me, children: Children) -> impl IntoView {
    provide_context(me);
    children()
}

/// Builds `children` anew when another language is chosen.
#[component]
pub fn Localized(children: ChildrenFn) -> impl IntoView {
    let language = expect_context::<Language>();
    move || {
        language.get();
        children()
    }
}

/// The mark: three seats, two of them taken.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <span class="seats logo" aria-hidden="true">
            <span class="seat seat-taken"></span>
            <span class="seat seat-taken"></span>
            <span class="seat"></span>
        </span>
    }
}
