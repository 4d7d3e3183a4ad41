//! Whether a request was made by a page of ours.
//!
//! A cookie comes with every request that a browser makes, whoever's page has it made. So what acts in somebody's name
//! asks first which page that was.

use super::reach::{Cause, Reach};
use crate::config::PublicUrl;
use app::api::ApiError;
use app::api::origin::parse_origin;
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// The host that a browser asked a proxy for. [`super::client::identify`] takes it off unless the proxy is trusted.
pub(super) const FORWARDED_HOST: &str = "x-forwarded-host";

/// What browsers say of the page that makes a request. Pages cannot change it.
const FETCH_SITE: &str = "sec-fetch-site";

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("null"))
}

/// Whether the page that made this request has our origin. Programs that are no browsers say nothing of pages, and
/// nobody can have them send somebody else's cookie.
pub fn is_same_origin(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    if let Some(site) = text(headers, FETCH_SITE) {
        return matches!(site, "same-origin" | "none");
    }
    text(headers, ORIGIN.as_str()).is_none_or(|origin| is_ours(origin, headers, public_url))
}

/// Whether pages of `origin` are ours, as far as this request can tell.
pub(super) fn is_ours(origin: &str, headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    if public_url.is_some_and(|url| url.origin() == origin) {
        return true;
    }
    // Behind a proxy that encrypts, our scheme is not the page's: the host decides.
    let asked = text(headers, HOST.as_str()).into_iter();
    let forwarded = headers.get_all(FORWARDED_HOST).iter();
    let forwarded = forwarded
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(',').map(str::trim));
    asked.chain(forwarded).any(|host| is_host_of(origin, host))
}

/// Whether `host` is that of `origin`. Some proxies write the port where browsers leave it out.
pub(super) fn is_host_of(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else {
        return false;
    };
    let default_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(default_port).unwrap_or(host);
    !authority.is_empty() && authority.eq_ignore_ascii_case(host)
}

/// Refuses a page that is not ours, and notes why if it may be ours all the same.
pub(super) fn refuse(headers: &HeaderMap, public_url: Option<&PublicUrl>, reach: &Reach) -> ApiError {
    // Where the browser itself says that it is another site's page, there is nothing to set right.
    if let (None, Some(origin)) = (text(headers, FETCH_SITE), text(headers, ORIGIN.as_str())) {
        reach.note(Cause::WrongOrigin {
            origin: for_log(origin),
            host: for_log(text(headers, HOST.as_str()).unwrap_or_default()),
        });
    }
    ApiError::wrong_origin(public_url.map(PublicUrl::origin))
}

/// The origin of the page that asks, as it is stored for sites; `None` if it has none or is not written as browsers do.
pub(super) fn page_origin(headers: &HeaderMap) -> Option<String> {
    // Not every client writes Punycode.
    let written = std::str::from_utf8(headers.get(ORIGIN)?.as_bytes()).ok()?;
    let (_, authority) = written.split_once("://")?;
    if authority.contains(['/', '\\', '?', '#', '*']) {
        return None;
    }
    parse_origin(written).ok()
}

/// A header's value, short enough for a line of the log.
pub(super) fn for_log(value: &str) -> String {
    const CHARS_MAX: usize = 200;
    value.chars().take(CHARS_MAX).collect()
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
            let is_ours = origin.split_once("://").is_some_and(|(scheme, rest)| {
                rest == host || (scheme == "https" && format!("{rest}:443") == host) || (scheme == "http" && format!("{rest}:80") == host)
            }) || origin == "https://chat.example";
            let mut headers = HeaderMap::new();
            headers.insert("host", host.parse().unwrap());
            headers.insert("origin", origin.parse().unwrap());
            let public: PublicUrl = "https://chat.example".parse().unwrap();
            proptest::prop_assert_eq!(is_same_origin(&headers, Some(&public)), is_ours);
        }
    }

    fn headers(headers: &[(&'static str, &str)]) -> HeaderMap {
        headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn judged(sent: &[(&'static str, &str)]) -> bool {
        let public: PublicUrl = "https://chat.example".parse().unwrap();
        is_same_origin(&headers(sent), Some(&public))
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
    fn a_port_that_browsers_leave_out_and_upper_case_change_nothing() {
        assert!(judged(&[
            ("host", "Desk.example:443"),
            ("origin", "https://desk.example")
        ]));
        assert!(judged(&[
            ("host", "desk.example:80"),
            ("origin", "http://desk.example")
        ]));
        assert!(!judged(&[
            ("host", "desk.example:80"),
            ("origin", "https://desk.example")
        ]));
        assert!(!judged(&[
            ("host", "desk.example"),
            ("origin", "https://desk.example:8443")
        ]));
    }

    #[test]
    fn what_a_trusted_proxy_was_asked_for_is_ours() {
        let behind = |forwarded| {
            judged(&[
                ("host", "backend:3000"),
                ("x-forwarded-host", forwarded),
                ("origin", "https://desk.example"),
            ])
        };
        assert!(behind("desk.example") && behind("desk.example:443, inner.example"));
        assert!(!behind("other.example"));
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
        assert!(!judged(&[("host", ""), ("origin", "https://")]));
    }

    #[test]
    fn the_origin_of_a_page_is_read_in_the_form_that_is_stored() {
        let of = |origin: &[u8]| {
            let value = axum::http::HeaderValue::from_bytes(origin).unwrap();
            page_origin(&HeaderMap::from_iter([(ORIGIN, value)]))
        };
        assert_eq!(of(b"https://Shop.Example:443").as_deref(), Some("https://shop.example"));
        assert_eq!(
            of("https://bücher.example".as_bytes()).as_deref(),
            Some("https://xn--bcher-kva.example")
        );
        for other in [
            "null",
            "",
            "shop.example",
            "https://a.example/b",
            "https://*.a.example",
            "file://",
        ] {
            assert_eq!(of(other.as_bytes()), None, "{other}");
        }
    }
}
