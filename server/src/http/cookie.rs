//! The session cookie, the one place that knows its name and attributes.

use super::origin::for_log;
use super::reach::{Cause, Reach};
use crate::config::{PublicUrl, Settings};
use app::api::ApiError;
use axum::http::header::{COOKIE, ORIGIN};
use axum::http::{HeaderMap, HeaderValue};
use url::{Host, Url};

const NAME: &str = "seatline_session";

/// How the session cookie is written for a page.
#[derive(Clone, Debug)]
pub struct SessionCookie {
    /// Sent over encrypted connections only, since that is where people reach us: here.
    secure: Option<PublicUrl>,
    /// For how long a browser keeps it.
    max_age_ms: i64,
}

impl SessionCookie {
    pub(super) fn for_page(headers: &HeaderMap, settings: &Settings) -> Self {
        let page = origin(headers);
        Self {
            // On this computer itself nobody listens in, and not every browser keeps such cookies there.
            secure: settings
                .public_url
                .clone()
                .filter(|url| url.is_https() && !page.is_some_and(is_on_this_computer)),
            max_age_ms: settings.session_max_ms,
        }
    }

    /// Refuses a page whose browser would not keep the cookie: one without encryption.
    ///
    /// # Errors
    /// `insecure_cookie`.
    pub(super) fn refuse_if_dropped(&self, headers: &HeaderMap, reach: &Reach) -> Result<(), ApiError> {
        let page = origin(headers).filter(|page| page.starts_with("http://"));
        let (Some(url), Some(page)) = (&self.secure, page) else {
            return Ok(());
        };
        reach.note(Cause::InsecureCookie {
            origin: for_log(page),
            public_url: url.origin().to_owned(),
        });
        Err(ApiError::insecure_cookie(url.origin()))
    }

    /// The session token that came with a request, if there is one.
    pub fn read(headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(name, value)| (name == NAME).then_some(value))
    }

    /// `Set-Cookie` for that token; `None` forgets it. A token has no character that would need escaping.
    pub(super) fn write(&self, token: Option<&str>) -> Option<HeaderValue> {
        let age_s = token.map_or(0, |_| self.max_age_ms / 1_000);
        let secure = self.secure.as_ref().map_or("", |_| "; Secure");
        let token = token.unwrap_or_default();
        HeaderValue::try_from(format!(
            "{NAME}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age_s}{secure}"
        ))
        .ok()
    }
}

fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(ORIGIN)?.to_str().ok()
}

/// Whether the page was served by this very computer, without encryption.
fn is_on_this_computer(origin: &str) -> bool {
    let url = Url::parse(origin).ok().filter(|url| url.scheme() == "http");
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; xseatline_session=no".parse().unwrap());
        headers.append(COOKIE, "b=2;seatline_session=t0ken; c=3".parse().unwrap());
        assert_eq!(SessionCookie::read(&headers), Some("t0ken"));
    }

    #[test]
    fn it_is_hidden_from_scripts_and_kept_to_https_where_there_is_https() {
        let cookie = |public: Option<&str>| SessionCookie {
            secure: public.map(|url| url.parse().unwrap()),
            max_age_ms: 60_000,
        };
        assert_eq!(
            cookie(Some("https://chat.example")).write(Some("t")).unwrap(),
            "seatline_session=t; HttpOnly; SameSite=Lax; Path=/; Max-Age=60; Secure"
        );
        assert_eq!(
            cookie(None).write(None).unwrap(),
            "seatline_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
        );
    }

    #[test]
    fn a_page_of_this_computer_needs_no_encryption() {
        for page in [
            "http://localhost:3000",
            "http://desk.localhost",
            "http://127.0.0.1:3000",
            "http://[::1]",
            "http://[::1]:3000",
        ] {
            assert!(is_on_this_computer(page), "{page}");
        }
        for page in [
            "https://localhost",
            "http://chat.example",
            "http://192.168.0.2:3000",
            "null",
        ] {
            assert!(!is_on_this_computer(page), "{page}");
        }
    }
}
