//! `/widget/…`: what pages with the chat ask over HTTP, from whichever origin they are. Whether a socket would be let in, for a form
//! where none gets through, and whether a missed conversation has been answered.
//!
//! No cookie is read, and what is sent is plain text to a browser, so that it need not ask for leave first.

use super::api::refusal;
use super::client::Client;
use super::security::share;
use super::socket::{GuestQuery, admit, site_of, visitor};
use crate::people::store_failed;
use crate::state::AppState;
use app::api::{ApiError, ErrorCode};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use connection::{FormAnswer, FormError, FormPost};
use domain::guest::{Environment, PageView};
use domain::{ClientMessageId, ConversationId, GuestId, Seq};
use protocol::guest::{GuestEvent, Resume};
use protocol::limits::FRAME_BYTES_MAX;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::Site;

/// After so long it is worth trying again.
const CROWD_S: u32 = 60;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/widget/check", get(check))
        .route("/widget/message", post(message))
        .route("/widget/news", post(news))
        .layer(DefaultBodyLimit::max(FRAME_BYTES_MAX))
}

/// Whether the page that asks may open a guest's socket, and why not: browsers do not show a script how the upgrade was
/// answered. Any page may ask; nothing is told that the socket's own refusal does not tell.
async fn check(State(state): State<AppState>, Query(query): Query<GuestQuery>, headers: HeaderMap) -> Response {
    shared(
        site(&state, &query, &headers)
            .await
            .map(|_| StatusCode::NO_CONTENT.into_response()),
    )
}

/// What a visitor leaves. Names are those of the frames that would carry it.
#[derive(Deserialize)]
struct Form {
    token: Option<String>,
    id: Option<ClientMessageId>,
    text: Option<String>,
    name: Option<String>,
    contact: Option<String>,
    #[serde(default)]
    page: PageView,
    #[serde(default)]
    environment: Environment,
}

#[derive(Serialize)]
struct Taken {
    guest: GuestId,
    token: String,
    events: Vec<GuestEvent>,
}

async fn message(
    State(state): State<AppState>,
    Query(query): Query<GuestQuery>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    shared(take(&state, &query, client, &headers, body).await)
}

async fn take(
    state: &AppState,
    query: &GuestQuery,
    client: Option<Extension<Client>>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let site = site(state, query, headers).await?;
    let form: Form = read(body)?;
    let post = FormPost {
        token: form.token,
        message: form.id.zip(form.text),
        reach: form.contact.map(|contact| (form.name.unwrap_or_default(), contact)),
        page: form.page,
        environment: form.environment,
    };
    let answer = state.hub.gateway().post(visitor(&site, client, headers), post).await;
    let FormAnswer { guest, token, events } = answer.map_err(|error| match error {
        FormError::TooMany => ApiError {
            retry_after_s: Some(CROWD_S),
            ..ApiError::new(ErrorCode::Throttled, "too many messages and new visitors from there")
        },
        FormError::Unavailable => ApiError::unavailable(),
        FormError::Store(error) => store_failed(error),
    })?;
    Ok(Json(Taken { guest, token, events }).into_response())
}

/// What a page knows of a missed conversation.
#[derive(Deserialize)]
struct Known {
    token: Option<String>,
    conversation: ConversationId,
    last_seq: Seq,
}

#[derive(Serialize)]
struct News {
    news: bool,
}

/// Whether there is reason to open a socket. Nothing is recorded of who asks.
async fn news(
    State(state): State<AppState>,
    Query(query): Query<GuestQuery>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answer = async {
        let site = site(&state, &query, &headers).await?;
        let Known {
            token,
            conversation,
            last_seq,
        } = read(body)?;
        let known = Resume { conversation, last_seq };
        let token = token.unwrap_or_default();
        let news = state
            .hub
            .gateway()
            .news(site.id, &token, known)
            .await
            .map_err(store_failed)?;
        Ok(Json(News { news }).into_response())
    };
    shared(answer.await)
}

/// The site that the page asks for, if it is one of its own or of ours. That there is no such site is an answer of its own here,
/// since what to do about it is something else.
async fn site(state: &AppState, query: &GuestQuery, headers: &HeaderMap) -> Result<Site, ApiError> {
    let found = site_of(state, query).await?;
    let unknown = || ApiError::new(ErrorCode::NotFound, "there is no site of this key");
    admit(state, found.ok_or_else(unknown)?, headers)
}

/// What was sent, or why it could not be read: told by [`shared`], like any other refusal.
type Body = Result<Bytes, BytesRejection>;

fn read<T: DeserializeOwned>(body: Body) -> Result<T, ApiError> {
    let body = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::new(ErrorCode::TooLarge, error.body_text()),
        _ => ApiError::new(ErrorCode::Malformed, error.body_text()),
    })?;
    serde_json::from_slice(&body).map_err(|error| ApiError::new(ErrorCode::Malformed, error.to_string()))
}

/// For pages of any origin, and not to be kept.
fn shared(answer: Result<Response, ApiError>) -> Response {
    let mut response = answer.unwrap_or_else(|error| refusal(&error));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    share(headers);
    response
}
