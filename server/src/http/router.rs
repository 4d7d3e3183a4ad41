//! The table of addresses.

use super::{api, assets, client, demo, front_end, health, index, not_found, security, socket, widget};
use crate::metrics;
use crate::state::AppState;
use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{MethodRouter, any, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::{DefaultOnFailure, DefaultOnRequest, DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

/// Everything the server answers.
pub fn router(state: AppState) -> Router {
    let mut routes = Router::new()
        .route("/", compressed(get(index::page)))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/widget.js", get(assets::widget))
        .route("/api/{*path}", any(api::call))
        .merge(front_end("/desk", &front_end::DESK))
        .merge(front_end("/admin", &front_end::ADMIN))
        .merge(socket::routes())
        .merge(widget::routes());
    if state.settings.demo_is_on() {
        routes = routes.route("/demo", compressed(get(demo::page)));
    }
    routes
        .fallback(not_found::page)
        .layer(from_fn_with_state(state.clone(), client::identify))
        .layer(from_fn(security::headers))
        .layer(CatchPanicLayer::custom(|_| api::panicked()))
        .layer(from_fn_with_state(state.clone(), metrics::count_errors))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(DefaultOnRequest::new().level(Level::TRACE))
                .on_response(DefaultOnResponse::new().level(Level::DEBUG))
                // The cause is in the log already, from where it was known.
                .on_failure(DefaultOnFailure::new().level(Level::DEBUG)),
        )
        .with_state(state)
}

/// A single-page application under `prefix`: its assets, and its page at every other address below.
fn front_end(prefix: &'static str, front_end: &'static front_end::FrontEnd) -> Router<AppState> {
    let page = move |headers: HeaderMap| async move { front_end.page(&headers) };
    let asset = move |request: Request| async move { front_end.asset(&request) };
    Router::new()
        .route(prefix, compressed(get(page)))
        .route(&format!("{prefix}/"), get(move || async move { to(prefix) }))
        .route(&format!("{prefix}/pkg/{{*path}}"), get(asset))
        .route(&format!("{prefix}/{{*path}}"), compressed(get(page)))
}

/// A page that is written for each request. Nothing on it is secret, so its length may tell what is on it.
fn compressed(page: MethodRouter<AppState>) -> MethodRouter<AppState> {
    page.layer(CompressionLayer::new())
}

fn to(address: &str) -> Response {
    Redirect::permanent(address).into_response()
}

/// Names the request in the log by method and path; what follows the `?` and the address of whoever asks stay out.
fn span(request: &Request) -> Span {
    tracing::info_span!("http", method = %request.method(), path = request.uri().path())
}
