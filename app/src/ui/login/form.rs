//! Login and password, and the way in.

use super::Credentials;
use super::countdown::{Countdown, in_words};
use crate::api::{ApiError, ErrorCode, FieldProblem, session};
use crate::i18n::{locale, td_string, words};
use crate::ui::reactive::effect;
use crate::ui::session::use_session;
use crate::ui::{Button, Field, Icon, Kind, PasswordField, Submission, browser, clock};
use domain::member::Me;
use leptos::{ev, prelude::*};
use std::collections::BTreeMap;

#[component]
pub fn LoginForm(
    credentials: Credentials,
    /// The login is known, so the password comes next.
    #[prop(optional)]
    known: bool,
) -> impl IntoView {
    let (t, session_now, submission) = (locale(), use_session(), Submission::new());
    let Credentials { login, password } = credentials;
    let countdown = Countdown::new();
    let left = countdown.left();
    effect(move || {
        if let Some(seconds) = submission.error().get().and_then(|error| error.retry_after_s) {
            countdown.start(clock::now(), seconds);
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (login, typed) = (login.get_untracked(), password.get_untracked());
        if let Some(error) = incomplete(&login, &typed) {
            submission.fail(error);
            return;
        }
        submission.run(log_in(login, typed), move |me| {
            password.set(String::new());
            session_now.logged_in(me);
        });
    };
    view! {
        <form class="login-form" on:submit=submit novalidate>
            <Field
                label=td_string!(t, login.login)
                name="login"
                value=login
                problem=submission.problem("login")
                autocomplete="username"
                focus=!known
            />
            <PasswordField
                label=td_string!(t, login.password)
                name="password"
                value=password
                problem=submission.problem("password")
                autocomplete="current-password"
                focus=known
            />
            <Refusal error=submission.error() left />
            <Button
                label=td_string!(t, login.verb)
                kind=Kind::Main
                busy=submission.busy()
                disabled=Signal::derive(move || left.get().is_some())
            />
        </form>
    }
}

/// Logs in, and sees whether the browser has kept the session: it drops cookies that it is told to, or set to, and says
/// nothing.
async fn log_in(login: String, password: String) -> Result<Me, ApiError> {
    let me = session::login(login, password).await?;
    match session::current().await {
        Err(error) if error.code == ErrorCode::Unauthorized => Err(ApiError::new(
            ErrorCode::CookieLost,
            "the session's cookie did not come back",
        )),
        Ok(_) | Err(_) => Ok(me),
    }
}

/// Why it did not work, and how long to wait if there is a wait. The seconds are not read out one by one.
#[component]
fn Refusal(error: Signal<Option<ApiError>>, left: Memo<Option<i64>>) -> impl IntoView {
    let t = locale();
    let text = move || {
        let error = error.get()?;
        match error.code {
            ErrorCode::InvalidInput => None,
            ErrorCode::Unauthorized => Some(td_string!(t, login.wrong).to_owned()),
            ErrorCode::Throttled => Some(td_string!(t, login.throttled).to_owned()),
            _ => Some(words::error(t, &error)),
        }
    };
    // The same page where it would work.
    let elsewhere = move || {
        let url = error.get()?.public_url.filter(|url| *url != browser::origin())?;
        let href = format!("{url}{}", browser::path());
        let name = td_string!(t, error.open_there, url = url);
        Some(view! { <a class="linked-out" href=href rel="external">{name} {Icon::ExternalLink.view()}</a> })
    };
    let throttled = move || error.get().is_some_and(|error| error.code == ErrorCode::Throttled);
    let wait = move || {
        let wait = left
            .get()
            .map(|seconds| td_string!(t, login.wait, time = in_words(t, seconds)));
        throttled().then(|| wait.unwrap_or_else(|| td_string!(t, login.again_now).to_owned()))
    };
    view! {
        <div class="login-refusal" role="alert">
            {move || text().map(|text| view! { <span class="field-problem">{Icon::CircleAlert.view()} {text}</span> })}
            {elsewhere}
        </div>
        <div class="login-wait figures" role="timer">{wait}</div>
    }
}

fn incomplete(login: &str, password: &str) -> Option<ApiError> {
    let missing: BTreeMap<_, _> = [("login", login.trim()), ("password", password)]
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| (name.to_owned(), FieldProblem::Required))
        .collect();
    (!missing.is_empty()).then(|| ApiError::fields(missing))
}
