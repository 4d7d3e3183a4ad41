//! Files that the binary carries: how they are served. Compressed ones were made at build time and lie beside them.

use super::security::share;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::{EmbeddedFile, RustEmbed};

/// A folder of embedded files, by name.
pub(super) type Folder = fn(&str) -> Option<EmbeddedFile>;

/// For names that change with the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For names that stay: ask each time, and be told when nothing has changed.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Encodings in the order of preference, with the suffix of their files.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../widget/dist"]
#[allow_missing = true]
struct WidgetFiles;

/// The script for customers' sites. Its name stays, for it stands in their pages.
pub(super) async fn widget(request: Request) -> Response {
    let mut response = serve(WidgetFiles::get, "widget.js", request.headers());
    share(response.headers_mut());
    response
}

/// The file of that name in the best encoding there is, or 404.
pub(super) fn serve(folder: Folder, name: &str, headers: &HeaderMap) -> Response {
    let Some((file, encoding)) = find(folder, name, headers) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let tag = tag(&file);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.data))
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(CACHE_CONTROL, if is_hashed(name) { FOR_EVER } else { ASK });
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    headers.extend(encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding))));
    response
}

fn find(folder: Folder, name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    ENCODINGS
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, suffix)| folder(&format!("{name}{suffix}")).map(|file| (file, Some(encoding))))
        .or_else(|| folder(name).map(|file| (file, None)))
}

/// Whether `Accept-Encoding` names `encoding` and does not rule it out with `q=0`.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let (name, quality) = item.split_once(";q=").unwrap_or((item, "1"));
        name.trim().eq_ignore_ascii_case(encoding) && quality.trim().parse().is_ok_and(|quality: f32| quality > 0.0)
    })
}

fn tag(file: &EmbeddedFile) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()))
}

/// Whether the name holds a hash of the content, as in `seatline.Xy3…Q.wasm`.
fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let mut parts = file.split('.');
    matches!((parts.next(), parts.next(), parts.next()), (Some(_), Some(hash), Some(_)) if hash.len() >= 16)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use rust_embed::Metadata;

    const HASHED: &str = "pkg/seatline.Xy3abcdefghijklmQ.wasm";

    fn folder(name: &str) -> Option<EmbeddedFile> {
        let data: &'static [u8] = match name {
            HASHED | "widget.js" => b"plain",
            "widget.js.br" => b"brotli",
            "widget.js.gz" => b"gzip",
            _ => return None,
        };
        let metadata = Metadata::__rust_embed_new([u8::try_from(data.len()).unwrap(); 32], None, None);
        Some(EmbeddedFile {
            data: data.into(),
            metadata,
        })
    }

    fn get(name: &str, headers: &[(&'static str, &str)]) -> Response {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        serve(folder, name, &headers)
    }

    #[test]
    fn the_best_encoding_that_the_client_takes_is_served() {
        let encoding = |accepted| {
            let response = get("widget.js", &[("accept-encoding", accepted)]);
            assert_eq!(response.headers()[VARY], "accept-encoding");
            response
                .headers()
                .get(CONTENT_ENCODING)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(encoding("gzip, deflate, br").as_deref(), Some("br"));
        assert_eq!(encoding("gzip, br;q=0").as_deref(), Some("gzip"));
        assert_eq!(encoding("identity"), None);
    }

    #[test]
    fn who_has_it_already_is_told_so() {
        let tag = get("widget.js", &[]).headers()[ETAG].clone();
        let again = get("widget.js", &[("if-none-match", tag.to_str().unwrap())]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = get("widget.js", &[("if-none-match", "\"other\"")]);
        assert_eq!(other.status(), StatusCode::OK);
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert_eq!(get(HASHED, &[]).headers()[CACHE_CONTROL], FOR_EVER);
        assert_eq!(get("widget.js", &[]).headers()[CACHE_CONTROL], ASK);
        assert_eq!(get("pkg/nothing.js", &[]).status(), StatusCode::NOT_FOUND);
    }
}
