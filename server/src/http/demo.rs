//! `/demo`: a shop page with the script embedded, as a customer's page would be. `?site=KEY` tries another site than the
//! first.

use crate::state::AppState;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;
use store::{Site, StoreError};

const PAGE: &str = include_str!("demo.html");

#[derive(Deserialize)]
pub(super) struct DemoQuery {
    site: Option<String>,
}

pub(super) async fn page(State(state): State<AppState>, Query(query): Query<DemoQuery>) -> Response {
    match site(&state, query.site.as_deref()).await {
        // A key is made of letters and digits only.
        Ok(Some(site)) => (
            [(CACHE_CONTROL, "no-cache")],
            Html(PAGE.replace("{{SITE_KEY}}", &site.key)),
        )
            .into_response(),
        Ok(None) => (StatusCode::NOT_FOUND, "There is no such site.\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "the sites could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn site(state: &AppState, key: Option<&str>) -> Result<Option<Site>, StoreError> {
    match key {
        Some(key) => state.store.site_by_key(key).await,
        None => Ok(state.store.sites().await?.into_iter().min_by_key(|site| site.id)),
    }
}
