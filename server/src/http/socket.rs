//! `/ws/…`: who may open which socket. Everything is checked before the upgrade; the rest is the hub's.

use super::api::refusal;
use super::check;
use super::client::Client;
use super::cookie::SessionCookie;
use super::origin::{self, for_log, is_same_origin, page_origin};
use super::reach::Cause;
use super::upgrade::Upgrade;
use crate::state::AppState;
use app::api::origin::allows_origin;
use app::api::service::Caller;
use app::api::{ApiError, ErrorCode};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{ORIGIN, USER_AGENT};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use connection::{DeskVisitor, GuestVisitor};
use domain::Rule;
use serde::Deserialize;
use store::Site;

/// How much of a browser's account of itself is kept while its guest is here; HTTP would let it be hundreds of kilobytes.
const USER_AGENT_BYTES_MAX: usize = 512;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/ws/guest", get(guest))
        .route("/ws/desk", get(desk))
        .route("/ws/live", get(live))
        .route("/ws/check", get(check::answer))
}

#[derive(Deserialize)]
pub(super) struct GuestQuery {
    /// The site's public key.
    #[serde(default)]
    site: String,
}

async fn guest(
    State(state): State<AppState>,
    Query(query): Query<GuestQuery>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, Response> {
    let site = admitted_site(&state, &query, &headers)
        .await
        .map_err(|error| refusal(&error))?;
    let visitor = visitor(&site, client, &headers);
    let gateway = state.hub.gateway().clone();
    Ok(connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_guest(socket, visitor)))
}

/// What is known of whoever asks.
pub(super) fn visitor(site: &Site, client: Option<Extension<Client>>, headers: &HeaderMap) -> GuestVisitor {
    let user_agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .map(|text| text.get(..USER_AGENT_BYTES_MAX).unwrap_or(text))
        .unwrap_or_default();
    GuestVisitor {
        site: site.id,
        group: site.group,
        user_agent: user_agent.to_owned(),
        address: client.map(|Extension(client)| client.address),
    }
}

/// The site of that key, if the page that asks is one of its own or of ours.
async fn admitted_site(state: &AppState, query: &GuestQuery, headers: &HeaderMap) -> Result<Site, ApiError> {
    let found = site_of(state, query).await?;
    let site = found.ok_or_else(|| ApiError::new(ErrorCode::Forbidden, "there is no site of this key"))?;
    admit(state, site, headers)
}

pub(super) async fn site_of(state: &AppState, query: &GuestQuery) -> Result<Option<Site>, ApiError> {
    let found = state.store.site_by_key(&query.site).await;
    found.map_err(crate::people::store_failed)
}

/// The site, if the page that asks is one of its own or of ours.
pub(super) fn admit(state: &AppState, site: Site, headers: &HeaderMap) -> Result<Site, ApiError> {
    if is_same_origin(headers, state.settings.public_url.as_ref()) || is_allowed_origin(headers, &site) {
        return Ok(site);
    }
    state.reach.note(Cause::SiteOrigin {
        origin: headers
            .get(ORIGIN)
            .and_then(|value| value.to_str().ok())
            .map_or_else(|| "null".to_owned(), for_log),
        site: site.key,
    });
    Err(ApiError::new(
        ErrorCode::Forbidden,
        "this site is not open to pages of that origin",
    ))
}

fn is_allowed_origin(headers: &HeaderMap, site: &Site) -> bool {
    page_origin(headers).is_some_and(|page| site.allowed_origins.iter().any(|allowed| allows_origin(allowed, &page)))
}

async fn desk(
    State(state): State<AppState>,
    headers: HeaderMap,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, Response> {
    let visitor = admitted_member(&state, &headers, Rule::ConversationServe)
        .await
        .map_err(|error| refusal(&error))?;
    let gateway = state.hub.gateway().clone();
    Ok(connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_desk(socket, visitor)))
}

async fn live(
    State(state): State<AppState>,
    headers: HeaderMap,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, Response> {
    let visitor = admitted_member(&state, &headers, Rule::LiveView)
        .await
        .map_err(|error| refusal(&error))?;
    let gateway = state.hub.gateway().clone();
    Ok(connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_live(socket, visitor)))
}

/// The member of the session, if the page that asks is ours and the member has the rule.
async fn admitted_member(state: &AppState, headers: &HeaderMap, rule: Rule) -> Result<DeskVisitor, ApiError> {
    let public_url = state.settings.public_url.as_ref();
    if !is_same_origin(headers, public_url) {
        return Err(origin::refuse(headers, public_url, &state.reach));
    }
    let caller = match SessionCookie::read(headers) {
        Some(token) => state.people.caller(token).await?,
        None => None,
    };
    let Caller {
        me,
        session,
        session_ends_at,
    } = caller.ok_or_else(ApiError::unauthorized)?;
    if !me.may(rule) {
        return Err(ApiError::forbidden());
    }
    Ok(DeskVisitor {
        me: (*me).clone(),
        session: session.0,
        expires_at: session_ends_at,
    })
}
