//! The page at `/`: where to go from here.

use super::security::StaticPage;
use crate::state::AppState;
use axum::extract::State;
use axum::response::Response;

const PAGE: StaticPage = StaticPage(include_str!("index.html"));

pub(super) async fn page(State(state): State<AppState>) -> Response {
    let demo = if state.settings.demo_is_on() {
        r#"<a href="/demo">Demo <small>a shop with the chat</small></a>"#
    } else {
        ""
    };
    PAGE.respond(&[("{{DEMO}}", demo)])
}
