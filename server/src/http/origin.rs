//! Whether a request was made by a page of ours.
//!
//! A cookie comes with every request that a browser makes, whoever's page has it made. So what acts in somebody's name
//! asks first which page that was.

use crate::config::PublicUrl;
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// Whether the page that made this request has our origin. Programs that are no browsers say nothing of pages, and
/// nobody can have them send somebody else's cookie.
pub fn is_same_origin(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else {
        return true;
    };
    if public_url.is_some_and(|url| url.origin() == origin) {
        return true;
    }
    // Behind a proxy that encrypts, our scheme is not the page's: the host decides.
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(HOST.as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_other_origin_is_ours_whatever_it_is_called(
            origin in "([a-z]{0,6}:?//)?[a-z.:/@\\\\ -]{0,20}(chat\\.example)?[a-z.:/@?#\\\\ -]{0,20}",
            host in "chat\\.example(:[0-9]{1,5})?",
        ) {
            let is_ours = origin.split_once("://").is_some_and(|(_, rest)| rest == host) || origin == "https://chat.example";
            let mut headers = HeaderMap::new();
            headers.insert("host", host.parse().unwrap());
            headers.insert("origin", origin.parse().unwrap());
            let public: PublicUrl = "https://chat.example".parse().unwrap();
            proptest::prop_assert_eq!(is_same_origin(&headers, Some(&public)), is_ours);
        }
    }

    fn judged(headers: &[(&'static str, &str)]) -> bool {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let public: PublicUrl = "https://chat.example".parse().unwrap();
        is_same_origin(&headers, Some(&public))
    }

    #[test]
    fn pages_of_ours_and_programs_are_let_through() {
        assert!(judged(&[("host", "a:3000")]));
        assert!(judged(&[("host", "a:3000"), ("origin", "http://a:3000")]));
        assert!(judged(&[
            ("host", "127.0.0.1:3000"),
            ("origin", "https://chat.example")
        ]));
        assert!(judged(&[("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn pages_of_others_are_not() {
        assert!(!judged(&[("host", "a:3000"), ("origin", "http://b:3000")]));
        assert!(!judged(&[("host", "a:3000"), ("origin", "null")]));
        assert!(!judged(&[
            ("host", "a:3000"),
            ("origin", "http://a:3000"),
            ("sec-fetch-site", "same-site")
        ]));
        assert!(!judged(&[("host", "null"), ("origin", "null")]));
    }
}
