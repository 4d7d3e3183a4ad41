//! Headers that tell browsers what not to do.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Adds what holds for every response, unless the handler said something else.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let defaults = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (RESOURCE_POLICY, "same-origin"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Lets pages of other origins load this, as a script, a module or an answer.
pub(super) fn share(headers: &mut HeaderMap) {
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// What a page of ours may load and run: its own files and WebAssembly, and inline what is named by its hash.
pub(super) struct Policy {
    /// Sources to be added to our own, each with a space before it; empty if there are none.
    script: String,
    style: String,
}

impl Policy {
    /// For a page with these inline scripts and styles.
    pub(super) fn of(scripts: &[&str], styles: &[&str]) -> Self {
        let source = |text: &&str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let sources = |texts: &[&str]| texts.iter().filter(|text| !text.is_empty()).map(source).collect();
        Self {
            script: sources(scripts),
            style: sources(styles),
        }
    }

    fn header(&self) -> String {
        let Self { script, style } = self;
        // Style attributes are allowed: components set positions and colours with them, and they run nothing.
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{script}; style-src 'self'{style}; \
             style-src-attr 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
             media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
    }

    /// A page under this policy, asked for anew each time.
    pub(super) fn respond(&self, page: String) -> Response {
        let mut response = page.into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
        if let Ok(policy) = HeaderValue::try_from(self.header()) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}
