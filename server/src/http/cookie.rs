//! The session cookie, the one place that knows its name and attributes.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

const NAME: &str = "seatline_session";

/// How the session cookie is written here.
#[derive(Clone, Copy, Debug)]
pub struct SessionCookie {
    /// Sent over encrypted connections only.
    pub secure: bool,
    /// For how long a browser keeps it.
    pub max_age_ms: i64,
}

impl SessionCookie {
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
    pub(super) fn write(self, token: Option<&str>) -> Option<HeaderValue> {
        let age_s = token.map_or(0, |_| self.max_age_ms / 1_000);
        let secure = if self.secure { "; Secure" } else { "" };
        let token = token.unwrap_or_default();
        HeaderValue::try_from(format!(
            "{NAME}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age_s}{secure}"
        ))
        .ok()
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
        let cookie = |secure| SessionCookie {
            secure,
            max_age_ms: 60_000,
        };
        assert_eq!(
            cookie(true).write(Some("t")).unwrap(),
            "seatline_session=t; HttpOnly; SameSite=Lax; Path=/; Max-Age=60; Secure"
        );
        assert_eq!(
            cookie(false).write(None).unwrap(),
            "seatline_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
        );
    }
}
