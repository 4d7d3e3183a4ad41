//! What is around a front end: the contexts, the log-in, the corner for notes.

use super::login::{Credentials, LoginDialog, LoginPage};
use super::newer::Newer;
use super::session::{Session, State};
use super::theme::Theme;
use super::toasts::{ToastCorner, Toasts};
use super::{Clock, ErrorState, TooltipLayer, composing, crash, splash};
use crate::api::ApiError;
use crate::i18n::{Language, Locale};
use crate::ui::reactive::{effect, memo};
use domain::member::Me;
use leptos::prelude::*;

/// Mounts a front end to the page's body.
pub fn mount<V: IntoView + 'static>(face: impl FnOnce() -> V + 'static) {
    crash::watch();
    composing::leave_keys_to_input_methods();
    leptos::mount::mount_to_body(face);
}

/// What is on screen.
#[derive(Clone, Debug, PartialEq)]
enum Screen {
    Splash,
    Failed(ApiError),
    LogIn,
    /// The member's work, also while their session is over.
    Work(Me),
}

impl Screen {
    fn of(state: &State) -> Self {
        match state {
            State::Checking => Self::Splash,
            State::Failed(error) => Self::Failed(error.clone()),
            State::LoggedOut => Self::LogIn,
            State::LoggedIn(me) | State::Ended(me) => Self::Work(me.clone()),
        }
    }
}

/// Provides the contexts and shows `children` to whom is logged in, with their [`Me`] as a context. `children` is built
/// once per member, so that a socket it opens lives as long as their work, over the end of a session.
#[component]
pub fn Shell(
    /// The front end's name on the log-in page.
    face: fn(Locale) -> &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let language = Language::start();
    provide_context(language);
    provide_context(Theme::start());
    provide_context(Clock::start());
    let toasts = Toasts::start();
    provide_context(toasts);
    provide_context(Newer::watch(toasts, language));
    let session = Session::start();
    provide_context(session);

    let credentials = Credentials::default();
    let screen = memo(move || Screen::of(&session.state()));
    effect(move || splash::show(screen.get() == Screen::Splash));
    let member = memo(move || session.state().member().map(|me| me.id));
    effect(move || {
        member.track();
        toasts.clear();
    });
    let ended = memo(move || match session.state() {
        State::Ended(me) => Some(me),
        _ => None,
    });
    let children = StoredValue::new(children);
    view! {
        {move || match screen.get() {
            Screen::Splash => ().into_any(),
            Screen::Failed(error) => {
                let retry = move |()| session.check_again();
                view! {
                    <Localized>
                        <main class="whole-page">
                            <h1 class="sr-only">{face(language.now())}</h1>
                            {view! { <ErrorState error=error.clone() on_retry=retry /> }}
                        </main>
                    </Localized>
                }
                .into_any()
            }
            Screen::LogIn => {
                view! { <Localized>{view! { <LoginPage face=face(language.now()) credentials /> }}</Localized> }
                    .into_any()
            }
            Screen::Work(me) => view! { <Work me>{children.with_value(|children| children())}</Work> }.into_any(),
        }}
        {move || {
            ended.get().map(|me| view! { <Localized>{view! { <LoginDialog me=me.clone() credentials /> }}</Localized> })
        }}
        <Localized>
            <ToastCorner toasts />
        </Localized>
        <TooltipLayer />
    }
}

#[component]
fn Work(me: Me, children: Children) -> impl IntoView {
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
pub fn Logo(
    /// As large as beside a heading of its own.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <span class="seats logo" class:logo-large=large aria-hidden="true">
            <span class="seat seat-taken"></span>
            <span class="seat seat-taken"></span>
            <span class="seat"></span>
        </span>
    }
}
