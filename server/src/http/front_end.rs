//! The desk and the console: a page that starts WebAssembly, and the files that it loads.
//!
//! The files' names hold a hash of their content and are looked up in the embedded folder, so page and files always fit.

use super::assets::{self, Folder};
use super::security::Policy;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site/desk"]
#[allow_missing = true]
struct DeskFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site/admin"]
#[allow_missing = true]
struct AdminFiles;

pub(super) static DESK: FrontEnd = FrontEnd {
    title: "Desk",
    prefix: "/desk",
    get: DeskFiles::get,
    names: || DeskFiles::iter().map(String::from).collect(),
};

pub(super) static ADMIN: FrontEnd = FrontEnd {
    title: "Console",
    prefix: "/admin",
    get: AdminFiles::get,
    names: || AdminFiles::iter().map(String::from).collect(),
};

/// A single-page application.
pub(super) struct FrontEnd {
    title: &'static str,
    prefix: &'static str,
    get: Folder,
    names: fn() -> Vec<String>,
}

impl FrontEnd {
    /// The page at every address that is the application's own.
    pub(super) fn page(&self) -> Response {
        let names = (self.names)();
        let find = |ending: &str| names.iter().find(|name| is_entry(name, ending));
        let (Some(script), Some(wasm)) = (find(".js"), find(".wasm")) else {
            let text = format!("This seatline was built without the {}.\n", self.title.to_lowercase());
            return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
        };
        self.shell(script, wasm, find(".css").map(String::as_str))
    }

    /// A file under `pkg/`.
    pub(super) fn asset(&self, request: &Request) -> Response {
        let path = request.uri().path();
        let name = path.strip_prefix(self.prefix).unwrap_or(path).trim_start_matches('/');
        assets::serve(self.get, name, request.headers())
    }

    fn shell(&self, script: &str, wasm: &str, style: Option<&str>) -> Response {
        let Self { title, prefix, .. } = self;
        let start = format!("import init from '{prefix}/{script}';init({{module_or_path:'{prefix}/{wasm}'}})");
        let style = style.map_or_else(String::new, |style| {
            format!(r#"<link rel="stylesheet" href="{prefix}/{style}">"#)
        });
        let page = format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title} · Seatline</title>
<link rel="icon" href="{ICON}">
<link rel="modulepreload" href="{prefix}/{script}">
<link rel="preload" href="{prefix}/{wasm}" as="fetch" type="application/wasm" crossorigin>
{style}
<script type="module">{start}</script>
</head>
<body><noscript>Seatline needs JavaScript and WebAssembly.</noscript></body>
</html>
"#
        );
        Policy::of(Some(&start), None).respond(page)
    }
}

/// Whether this is the application's own file of that kind, and not one of its snippets.
fn is_entry(name: &str, ending: &str) -> bool {
    let file = name.strip_prefix("pkg/");
    file.is_some_and(|file| file.starts_with("seatline") && file.ends_with(ending) && !file.contains('/'))
}

/// The three seats of the logo.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cg fill='none' \
stroke='%230e7c7b' stroke-width='3'%3E%3Crect x='3' y='12' width='7' height='8' rx='2' fill='%230e7c7b'/%3E%3Crect x='12.5' \
y='12' width='7' height='8' rx='2' fill='%230e7c7b'/%3E%3Crect x='22' y='12' width='7' height='8' rx='2'/%3E%3C/g%3E%3C/svg%3E";

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
            title: "Desk",
            prefix: "/desk",
            get: |_| None,
            names,
        }
    }

    #[tokio::test]
    async fn the_page_starts_the_hashed_files_and_its_policy_knows_the_script_that_does() {
        let response = front_end(|| BUILT.iter().map(ToString::to_string).collect()).page();
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let page = String::from_utf8(to_bytes(response.into_body(), 10_000).await.unwrap().into()).unwrap();
        let (_, rest) = page.split_once(r#"<script type="module">"#).unwrap();
        let (script, _) = rest.split_once("</script>").unwrap();
        assert!(
            script.contains("'/desk/pkg/seatline.Zl_12AcnKg8K1sRI9LfhmQ.js'"),
            "{script}"
        );
        assert!(
            script.contains("'/desk/pkg/seatline.fgWP8SFlua_vcSa9iUMthg.wasm'"),
            "{script}"
        );
        assert!(
            policy.contains(&format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))),
            "{policy}"
        );
        assert!(!page.contains("stylesheet"));
    }

    #[test]
    fn a_binary_that_carries_no_front_end_says_so() {
        assert_eq!(front_end(Vec::new).page().status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
