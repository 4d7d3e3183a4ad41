//! The page at `/`: where to go from here.

use super::language::Language;
use super::plain::Plain;
use crate::state::AppState;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

pub(super) async fn page(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let t = |english, chinese| language.pick(english, chinese);
    let mut links = vec![
        ["/desk", t("Desk", "工作台"), t("Talk with guests", "与访客对话")],
        [
            "/admin",
            t("Console", "控制台"),
            t("Members, groups, sites, the live page", "成员、分组、站点与实时状况"),
        ],
    ];
    if state.settings.demo_is_on() {
        links.push([
            "/demo",
            t("Demo", "演示"),
            t("A shop with the chat", "带有聊天窗口的商店"),
        ]);
    }
    let page = Plain {
        title: "Seatline",
        heading: "Seatline",
        sentence: t("Every guest gets a seat.", "每位访客，都有一席。"),
        links,
    };
    page.respond(language)
}
