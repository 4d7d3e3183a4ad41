//! Sessions: log in, log out, who am I, change one's password.

use super::json::Json;
use super::{ApiError, FieldProblem, check::Check};
use domain::member::Me;
use leptos::prelude::server;

/// Shortest password that a person may choose, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;

/// Longest password, in characters: hashing takes time that grows with it.
pub const PASSWORD_CHARS_MAX: usize = 256;

/// Checks a new password under the name `field`.
///
/// # Errors
/// Says whether it is missing, too short or too long.
pub fn check_password(field: &str, password: &str) -> Result<(), ApiError> {
    let mut check = Check::default();
    match password.chars().count() {
        0 => check.problem(field, FieldProblem::Required),
        count if count < PASSWORD_CHARS_MIN => check.problem(field, FieldProblem::TooShort),
        count if count > PASSWORD_CHARS_MAX => check.problem(field, FieldProblem::TooLong),
        _ => &mut check,
    };
    check.done()
}

/// Log in: the answer sets the session cookie. `unauthorized` if login and password do not fit, the same for a login
/// that does not exist or is disabled; `throttled` after too many attempts.
#[server(prefix = "/api/v1", endpoint = "session/login", protocol = Json)]
pub async fn login(login: String, password: String) -> Result<Me, ApiError> {
    let request = super::service::request()?;
    super::service::services()?
        .sessions
        .login(&request, &login, password)
        .await
}

/// Log out: the session is over and the cookie forgotten.
#[server(prefix = "/api/v1", endpoint = "session/logout", protocol = Json)]
pub async fn logout() -> Result<(), ApiError> {
    let (request, caller) = (super::service::request()?, super::service::caller()?);
    super::service::services()?.sessions.logout(&request, &caller).await
}

/// The member who is logged in, with what they may do. `unauthorized` if nobody is.
#[server(prefix = "/api/v1", endpoint = "session/current", protocol = Json)]
#[allow(
    clippy::unused_async,
    reason = "the answer came with the request; to the client it is a call like any other"
)]
pub async fn current() -> Result<Me, ApiError> {
    Ok(super::service::caller()?.me.as_ref().clone())
}

/// Change one's own password. Every other session of the member ends; the answer sets a fresh cookie. A wrong `current`
/// is `invalid_input` on that field.
#[server(prefix = "/api/v1", endpoint = "session/change_password", protocol = Json)]
pub async fn change_password(current: String, new: String) -> Result<(), ApiError> {
    let (request, caller) = (super::service::request()?, super::service::caller()?);
    check_password("new", &new)?;
    super::service::services()?
        .sessions
        .change_password(&request, &caller, current, new)
        .await
}

#[cfg(feature = "ssr")]
pub use on_server::SessionService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, ChangePassword, Current, Login, Logout, Me};
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::{Caller, Request};

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![
            Endpoint::of::<Login>(Access::Public),
            Endpoint::of::<Logout>(Access::SignedIn),
            Endpoint::of::<Current>(Access::SignedIn),
            Endpoint::of::<ChangePassword>(Access::SignedIn),
        ]
    }

    /// Sessions, as the server keeps them.
    #[async_trait::async_trait]
    pub trait SessionService: Send + Sync {
        async fn login(&self, request: &Request, login: &str, password: String) -> Result<Me, ApiError>;
        async fn logout(&self, request: &Request, caller: &Caller) -> Result<(), ApiError>;
        async fn change_password(
            &self,
            request: &Request,
            caller: &Caller,
            current: String,
            new: String,
        ) -> Result<(), ApiError>;
    }
}
