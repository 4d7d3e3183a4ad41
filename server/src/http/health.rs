//! For load balancers and service managers.

use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use std::time::Duration;

/// How long the database has to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process is up.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Guests and agents can be served: the database answers, the hub runs, and nobody has asked the server to stop.
pub(super) async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    if !state.hub.healthy() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the hub is not running\n");
    }
    match tokio::time::timeout(PATIENCE, state.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
