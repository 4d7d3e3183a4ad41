//! `/api/v1/…`: from a request to a server function and back.
//!
//! Who may call what is enforced here, before a byte of the body is read.

use super::client::Client;
use super::cookie::SessionCookie;
use super::origin::{self, is_same_origin};
use crate::state::AppState;
use app::api::access::{Access, access_of};
use app::api::service::{Caller, Request as ApiRequest, SessionChange};
use app::api::{ApiError, ErrorCode};
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, RETRY_AFTER, SET_COOKIE, UPGRADE, USER_AGENT,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;
use server_fn::error::{FromServerFnError as _, SERVER_FN_ERROR_HEADER};
use std::time::Duration;

/// Longest body, in bytes. The longest that is meant is a site with all its origins.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// How long a call may take, its body included.
const PATIENCE: Duration = Duration::from_secs(30);

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Answers a call, always in JSON.
pub(super) async fn call(State(state): State<AppState>, request: Request) -> Response {
    let answered = tokio::time::timeout(PATIENCE, answer(&state, request)).await;
    let mut response = match answered.unwrap_or_else(|_| Err(ApiError::unavailable())) {
        Ok(response) => response,
        Err(error) => refusal(&error),
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn answer(state: &AppState, request: Request) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let access = access_of(parts.uri.path()).ok_or_else(|| ApiError::not_found("function"))?;
    if parts.method != Method::POST {
        return Err(ApiError::new(
            ErrorCode::MethodNotAllowed,
            "functions are called with POST",
        ));
    }
    let public_url = state.settings.public_url.as_ref();
    if !is_same_origin(&parts.headers, public_url) {
        return Err(origin::refuse(&parts.headers, public_url, &state.reach));
    }
    let cookie = SessionCookie::for_page(&parts.headers, &state.settings);
    if access == Access::Public {
        cookie.refuse_if_dropped(&parts.headers, &state.reach)?;
    }
    let caller = admitted(state, access, &parts.headers).await?;
    let body = read(&parts.headers, body).await?;
    let asked = api_request(&parts);
    let response = run(state, parts, body, caller, asked.clone()).await;
    Ok(with_session(&cookie, with_status(response).await, asked.take_change()))
}

/// The caller, if there is one, and if they may call this.
async fn admitted(state: &AppState, access: Access, headers: &HeaderMap) -> Result<Option<Caller>, ApiError> {
    let caller = match SessionCookie::read(headers) {
        Some(token) if access != Access::Public => state.people.caller(token).await?,
        _ => None,
    };
    match &caller {
        Some(caller) if !access.allows(&caller.me) => Err(ApiError::forbidden()),
        None if access != Access::Public => Err(ApiError::unauthorized()),
        _ => Ok(caller),
    }
}

/// The body, if it is JSON and not too long. An empty one stands for no arguments.
async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, ApiError> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::new(
            ErrorCode::UnsupportedMediaType,
            "the body must be application/json",
        ));
    }
    let too_large = || {
        ApiError::new(
            ErrorCode::TooLarge,
            format!("the body is longer than {BODY_BYTES_MAX} bytes"),
        )
    };
    let announced = body.size_hint().lower();
    if usize::try_from(announced).map_or(true, |bytes| bytes > BODY_BYTES_MAX) {
        return Err(too_large());
    }
    let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    Ok(if bytes.is_empty() {
        Bytes::from_static(b"{}")
    } else {
        bytes
    })
}

fn api_request(parts: &Parts) -> ApiRequest {
    let client = parts.extensions.get::<Client>();
    let agent = parts
        .headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    ApiRequest::new(
        client.map(|client| client.address),
        client.is_some_and(Client::is_shared),
        agent.to_owned(),
    )
}

/// Runs the server function with everything it may ask for handed in by context.
async fn run(state: &AppState, mut parts: Parts, body: Bytes, caller: Option<Caller>, asked: ApiRequest) -> Response {
    // Otherwise a caller that accepts HTML would be sent back to the page it came from, as after a form.
    parts.headers.insert(ACCEPT, JSON);
    let request = Request::from_parts(parts, Body::from(body));
    let services = state.services.clone();
    let context = move || {
        provide_context(services.clone());
        provide_context(asked.clone());
        if let Some(caller) = caller.clone() {
            provide_context(caller);
        }
    };
    handle_server_fns_with_context(context, request).await.into_response()
}

/// Server functions answer 500 whatever goes wrong: gives each error its own status.
async fn with_status(response: Response) -> Response {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let body = to_bytes(response.into_body(), BODY_BYTES_MAX).await;
    refusal(&body.map_or_else(|_| ApiError::internal(), ApiError::de))
}

fn with_session(cookie: &SessionCookie, mut response: Response, change: Option<SessionChange>) -> Response {
    let value = match &change {
        None => None,
        Some(SessionChange::Hold(token)) => cookie.write(Some(token)),
        Some(SessionChange::Forget) => cookie.write(None),
    };
    if let Some(value) = value {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// What a handler that panicked leaves behind. The panic itself is in the log.
pub(super) fn panicked() -> Response {
    refusal(&ApiError::internal())
}

pub(super) fn refusal(error: &ApiError) -> Response {
    let mut response = Response::new(Body::from(error.ser()));
    *response.status_mut() = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut set = |name: HeaderName, value| response.headers_mut().insert(name, value);
    set(CONTENT_TYPE, JSON);
    if let Some(seconds) = error.retry_after_s {
        set(RETRY_AFTER, HeaderValue::from(seconds));
    }
    match error.code {
        ErrorCode::MethodNotAllowed => _ = set(ALLOW, HeaderValue::from_static("POST")),
        ErrorCode::UpgradeMissing => _ = set(UPGRADE, HeaderValue::from_static("websocket")),
        _ => {}
    }
    response
}
