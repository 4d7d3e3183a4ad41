//! What is at no address: a page for people, a line of text for everything else.

use super::language::Language;
use super::origin::for_log;
use super::plain::Plain;
use super::reach::Cause;
use crate::state::AppState;
use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

/// Where our addresses begin that proxies are told to serve below a path of theirs.
const ENTRIES: [&str; 5] = ["/desk", "/admin", "/widget.js", "/api/v1/", "/ws/"];

pub(super) async fn page(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Response {
    let prefix = prefix(uri.path());
    if let Some(prefix) = prefix {
        state.reach.note(Cause::PathPrefix {
            prefix: for_log(prefix),
        });
    }
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    let language = Language::of(&headers);
    let t = |english, chinese| language.pick(english, chinese);
    let page = Plain {
        title: t("Not found · Seatline", "未找到 · Seatline"),
        heading: t("There is nothing here", "这里什么也没有"),
        sentence: match prefix {
            Some(_) => t(
                "Seatline does not work below a path: it needs a host name of its own. Whoever runs it finds more in docs/proxies.md.",
                "Seatline 不能在子路径下运行：它需要自己的主机名。请让负责服务器的人参阅 docs/proxies.md。",
            ),
            None => t(
                "The address may be mistyped, or what was here has gone.",
                "地址可能有误，或内容已被移除。",
            ),
        },
        links: vec![["/", t("Start", "首页"), t("Desk and console", "工作台与控制台")]],
    };
    let mut response = page.respond(language);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// What stands before an address of ours, if anything does.
fn prefix(path: &str) -> Option<&str> {
    let before = |entry: &&str| {
        let at = path.find(*entry).filter(|at| *at > 0)?;
        let ends = path.get(at + entry.len()..)?;
        (entry.ends_with('/') || ends.is_empty() || ends.starts_with('/')).then(|| path.get(..at))?
    };
    ENTRIES.iter().find_map(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_before_an_address_of_ours_is_noticed() {
        for (path, before) in [
            ("/chat/desk", Some("/chat")),
            ("/a/b/desk/conversation/1", Some("/a/b")),
            ("/chat/api/v1/session/login", Some("/chat")),
            ("/chat/ws/guest", Some("/chat")),
            ("/chat/widget.js", Some("/chat")),
            ("/deskx", None),
            ("/old/desktop", None),
            ("/favicon.ico", None),
        ] {
            assert_eq!(prefix(path), before, "{path}");
        }
    }
}
