//! `/demo`: a shop page with the script embedded, as a customer's page would be.

use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{Html, IntoResponse as _, Response};

const PAGE: &str = include_str!("demo.html");

pub(super) async fn page(State(state): State<AppState>) -> Response {
    let site = match state.store.sites().await {
        Ok(sites) => sites.into_iter().min_by_key(|site| site.id),
        Err(error) => {
            tracing::error!(%error, "the sites could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let Some(site) = site else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // A key is made of letters and digits only.
    (
        [(CACHE_CONTROL, "no-cache")],
        Html(PAGE.replace("{{SITE_KEY}}", &site.key)),
    )
        .into_response()
}
