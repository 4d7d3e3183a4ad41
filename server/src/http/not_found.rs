//! What is at no address: a page for people, a line of text for everything else.

use super::language::Language;
use super::plain::Plain;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

pub(super) async fn page(headers: HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    let language = Language::of(&headers);
    let t = |english, chinese| language.pick(english, chinese);
    let page = Plain {
        title: t("Not found · Seatline", "未找到 · Seatline"),
        heading: t("There is nothing here", "这里什么也没有"),
        sentence: t(
            "The address may be mistyped, or what was here has gone.",
            "地址可能有误，或内容已被移除。",
        ),
        links: vec![["/", t("Start", "首页"), t("Desk and console", "工作台与控制台")]],
    };
    let mut response = page.respond(language);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
