//! The upgrade to a WebSocket, and the proxies that do not pass it on.

use super::api::refusal;
use super::reach::Cause;
use crate::state::AppState;
use app::api::{ApiError, ErrorCode};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection as Rejection;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Version;
use axum::http::header::SEC_WEBSOCKET_KEY;
use axum::http::request::Parts;
use axum::response::Response;
use std::net::SocketAddr;

/// A request that asks for a WebSocket. One that does not is refused in the API's error shape.
pub(super) struct Upgrade(pub(super) WebSocketUpgrade);

impl FromRequestParts<AppState> for Upgrade {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let error = match WebSocketUpgrade::from_request_parts(parts, state).await {
            Ok(upgrade) => return Ok(Self(upgrade)),
            Err(
                Rejection::InvalidConnectionHeader(_)
                | Rejection::InvalidUpgradeHeader(_)
                | Rejection::ConnectionNotUpgradable(_),
            ) => {
                note(parts, state);
                ApiError::upgrade_missing()
            }
            Err(rejection) => ApiError::new(ErrorCode::Malformed, rejection.body_text()),
        };
        Err(refusal(&error))
    }
}

/// Proxies take off `Upgrade` and `Connection`, which are between them and us, and leave the key. Without a key it was
/// never meant to be a WebSocket.
fn note(parts: &Parts, state: &AppState) {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    if let Some(ConnectInfo(peer)) = peer.filter(|_| parts.headers.contains_key(SEC_WEBSOCKET_KEY)) {
        state.reach.note(Cause::UpgradeMissing {
            proxy: peer.ip().to_canonical(),
            http_1_0: parts.version == Version::HTTP_10,
        });
    }
}
