//! The log-in page, the same for desk and console.

use super::language_switch::LanguageSwitch;
use super::session::use_session;
use super::shell::Logo;
use super::submission::Trouble;
use super::theme::ThemeSwitch;
use super::{Button, Field, Icon, Kind, Submission};
use crate::api::{ApiError, FieldProblem, session};
use crate::i18n::{locale, td_string};
use leptos::{ev, prelude::*};

/// Asks for login and password. `ended` says that there was a session, so that what was kept can be said.
#[component]
pub fn LoginPage(#[prop(into)] face: String, ended: bool) -> impl IntoView {
    let (t, session_now, submission) = (locale(), use_session(), Submission::new());
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (login, password) = (login.get_untracked(), password.get_untracked());
        if let Some(error) = incomplete(&login, &password) {
            submission.fail(error);
            return;
        }
        submission.run(session::login(login, password), move |me| session_now.logged_in(me));
    };
    view! {
        <main class="login">
            <div class="flex items-center gap-2"><Logo /> <b>"Seatline"</b> <span class="text-quiet">{face}</span></div>
            <form on:submit=submit>
                <h1>{td_string!(t, login.title)}</h1>
                {ended
                    .then(|| {
                        view! {
                            <p class="flex gap-2 text-waiting leading-normal" role="status">
                                {Icon::Info.view()} {td_string!(t, login.ended)}
                            </p>
                        }
                    })}
                <Field
                    label=td_string!(t, login.login)
                    name="login"
                    value=login
                    problem=submission.problem("login")
                    autocomplete="username"
                    focus=true
                />
                <Field
                    label=td_string!(t, login.password)
                    name="password"
                    value=password
                    problem=submission.problem("password")
                    kind="password"
                    autocomplete="current-password"
                />
                <Trouble submission />
                <Button label=td_string!(t, login.verb) kind=Kind::Main busy=submission.busy() />
            </form>
            <footer class="flex flex-wrap gap-3 justify-center"><LanguageSwitch /> <ThemeSwitch /></footer>
        </main>
    }
}

fn incomplete(login: &str, password: &str) -> Option<ApiError> {
    let missing = [("login", login.trim()), ("password", password)]
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| (name.to_owned(), FieldProblem::Required))
        .collect::<std::collections::BTreeMap<_, _>>();
    (!missing.is_empty()).then(|| ApiError::fields(missing))
}
