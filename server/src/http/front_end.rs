//! The desk and the console: a page that starts WebAssembly, and the files that it loads.
//!
//! The files' names hold a hash of their content and are looked up in the embedded folder, so page and files always fit.

use super::assets::{self, Folder};
use super::cookie::SessionCookie;
use super::language::Language;
use super::page::Template;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;

/// Shows something before the program is there, starts it, and says so if that fails.
const SHELL: Template = Template(include_str!("shell.html"));

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site/desk"]
#[allow_missing = true]
struct DeskFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site/admin"]
#[allow_missing = true]
struct AdminFiles;

pub(super) static DESK: FrontEnd = FrontEnd {
    name: ("Desk", "工作台"),
    description: (
        "Where agents talk with the guests of your site.",
        "客服与网站访客对话的工作台。",
    ),
    prefix: "/desk",
    get: DeskFiles::get,
    names: || DeskFiles::iter().map(String::from).collect(),
};

pub(super) static ADMIN: FrontEnd = FrontEnd {
    name: ("Console", "控制台"),
    description: (
        "Members, groups and sites, and the room as it is at this moment.",
        "管理成员、分组和站点，查看此刻的接待情况。",
    ),
    prefix: "/admin",
    get: AdminFiles::get,
    names: || AdminFiles::iter().map(String::from).collect(),
};

/// A single-page application. Its texts are in English and in Chinese.
pub(super) struct FrontEnd {
    name: (&'static str, &'static str),
    description: (&'static str, &'static str),
    prefix: &'static str,
    get: Folder,
    names: fn() -> Vec<String>,
}

impl FrontEnd {
    /// The page at every address that is the application's own.
    pub(super) fn page(&self, headers: &HeaderMap) -> Response {
        let names = (self.names)();
        let find = |ending: &str| names.iter().find(|name| is_entry(name, ending));
        let (Some(script), Some(wasm)) = (find(".js"), find(".wasm")) else {
            let text = format!("This seatline was built without the {}.\n", self.name.0.to_lowercase());
            return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
        };
        self.shell(headers, script, wasm, find(".css").map(String::as_str))
    }

    /// A file under `pkg/`.
    pub(super) fn asset(&self, request: &Request) -> Response {
        let path = request.uri().path();
        let name = path.strip_prefix(self.prefix).unwrap_or(path).trim_start_matches('/');
        assets::serve(self.get, name, request.headers())
    }

    fn shell(&self, headers: &HeaderMap, script: &str, wasm: &str, style: Option<&str>) -> Response {
        let (prefix, language) = (self.prefix, Language::of(headers));
        let file = |name: &str| format!("{prefix}/{name}");
        // After the splash, which can so be seen before the style sheet is there.
        let style = style.map(|style| format!(r#"<link rel="stylesheet" href="{}">"#, file(style)));
        // Spares the application a question that would be answered with an error.
        let session = SessionCookie::read(headers).map_or("none", |_| "maybe");
        let mut response = SHELL.respond(
            language,
            &[
                ("{{SESSION}}", session),
                ("{{NOW}}", &crate::clock::now().0.to_string()),
                (
                    "{{TITLE}}",
                    &format!("{} · Seatline", language.pick(self.name.0, self.name.1)),
                ),
                ("{{DESCRIPTION}}", language.pick(self.description.0, self.description.1)),
                ("{{PREFIX}}", prefix),
                ("{{SCRIPT}}", &file(script)),
                ("{{WASM}}", &file(wasm)),
                ("{{STYLE}}", &style.unwrap_or_default()),
            ],
        );
        // Going back to it must not bring back what it said of the session then.
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Whether this is the application's own file of that kind, and not one of its snippets.
fn is_entry(name: &str, ending: &str) -> bool {
    let file = name.strip_prefix("pkg/");
    file.is_some_and(|file| file.starts_with("seatline") && file.ends_with(ending) && !file.contains('/'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use axum::body::to_bytes;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest as _, Sha256};

    const BUILT: &[&str] = &[
        "pkg/seatline.Zl_12AcnKg8K1sRI9LfhmQ.js",
        "pkg/seatline.Zl_12AcnKg8K1sRI9LfhmQ.js.br",
        "pkg/seatline.d.UGiawoHiP2wieRj7OGE_4Q.ts",
        "pkg/seatline.fgWP8SFlua_vcSa9iUMthg.wasm",
        "pkg/snippets/other-0123456789abcdef/inline0.js",
    ];

    fn front_end(names: fn() -> Vec<String>) -> FrontEnd {
        FrontEnd {
            get: |_| None,
            names,
            ..DESK
        }
    }

    async fn page(headers: &HeaderMap) -> (String, String) {
        let response = front_end(|| BUILT.iter().map(ToString::to_string).collect()).page(headers);
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let page = to_bytes(response.into_body(), 20_000).await.unwrap();
        (String::from_utf8(page.into()).unwrap(), policy)
    }

    #[tokio::test]
    async fn the_page_starts_the_hashed_files_and_its_policy_knows_its_scripts() {
        let (page, policy) = page(&HeaderMap::new()).await;
        assert!(
            page.contains(r#"data-script="/desk/pkg/seatline.Zl_12AcnKg8K1sRI9LfhmQ.js""#),
            "{page}"
        );
        assert!(
            page.contains(r#"data-wasm="/desk/pkg/seatline.fgWP8SFlua_vcSa9iUMthg.wasm""#),
            "{page}"
        );
        assert!(!page.contains("stylesheet") && !page.contains("{{"), "{page}");
        let scripts: Vec<_> = page
            .split("<script")
            .skip(1)
            .map(|rest| rest.split_once('>').unwrap().1.split_once("</script>").unwrap().0)
            .collect();
        assert_eq!(scripts.len(), 2);
        for script in scripts {
            let hash = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
            assert!(policy.contains(&hash), "{policy}");
        }
    }

    #[tokio::test]
    async fn the_page_says_whether_there_may_be_a_session_and_speaks_the_readers_language() {
        let (fresh, _) = page(&HeaderMap::new()).await;
        assert!(
            fresh.contains(r#"<html lang="en" translate="no" data-session="none" data-now=""#),
            "{fresh}"
        );
        let headers = [
            ("cookie", "seatline_session=t0ken"),
            ("accept-language", "zh-CN,zh;q=0.9"),
        ];
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let (again, _) = page(&headers.collect()).await;
        assert!(
            again.contains(r#"<html lang="zh" translate="no" data-session="maybe" data-now=""#),
            "{again}"
        );
        assert!(again.contains("<title>工作台 · Seatline</title>"), "{again}");
        assert!(!again.contains("t0ken"));
    }

    #[test]
    fn a_binary_that_carries_no_front_end_says_so() {
        let page = front_end(Vec::new).page(&HeaderMap::new());
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
