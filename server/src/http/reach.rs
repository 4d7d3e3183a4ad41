//! What stands between browsers and the server and does not fit: seen here, and told in the log with what helps.
//!
//! A proxy that is set up wrong spoils every request that goes through it. So each distinct cause is logged once a day,
//! and of each kind no more than a few, since whoever asks can make causes up. All of them are counted.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long a cause that was logged is not logged again.
const QUIET: Duration = Duration::from_hours(24);

/// Distinct causes of one kind that are logged within [`QUIET`].
const LOGGED_MAX: usize = 16;

/// Something that is in the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cause {
    /// A page that may be ours has another origin than the request's host says.
    WrongOrigin { origin: String, host: String },
    /// A page would open the chat of a site that does not allow it.
    SiteOrigin { origin: String, site: String },
    /// Somebody would log in from a page without encryption, where the cookie needs it.
    InsecureCookie { origin: String, public_url: String },
    /// A WebSocket's request without its `Upgrade`.
    UpgradeMissing { proxy: IpAddr, http_1_0: bool },
    /// An address that is no trusted proxy says whom it asks for.
    UntrustedProxy { proxy: IpAddr, header: &'static str },
    /// A trusted proxy does not say whom it asks for, or in a header that is not read.
    AddressMissing {
        proxy: IpAddr,
        instead: Option<&'static str>,
    },
    /// A proxy has Seatline below a path.
    PathPrefix { prefix: String },
}

/// What the metric calls them, so that each is told from the start.
const KINDS: [&str; 7] = [
    "wrong_origin",
    "site_origin",
    "insecure_cookie",
    "upgrade_missing",
    "untrusted_proxy",
    "address_missing",
    "path_prefix",
];

impl Cause {
    /// As the metric calls it; one of [`KINDS`].
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::WrongOrigin { .. } => "wrong_origin",
            Self::SiteOrigin { .. } => "site_origin",
            Self::InsecureCookie { .. } => "insecure_cookie",
            Self::UpgradeMissing { .. } => "upgrade_missing",
            Self::UntrustedProxy { .. } => "untrusted_proxy",
            Self::AddressMissing { .. } => "address_missing",
            Self::PathPrefix { .. } => "path_prefix",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongOrigin { origin, .. } if origin == "null" => write!(
                f,
                "refused a page without an origin (null): it was opened from a file or in a sandboxed frame. Pages of Seatline \
                 work at their own address only"
            ),
            Self::WrongOrigin { origin, host } => write!(
                f,
                "refused a page of {origin}, since the request says Host: {host}. If people reach Seatline at {origin}, nobody can log \
                 in there: set public_url = \"{origin}\", or have the proxy pass Host on unchanged (docs/proxies.md)"
            ),
            Self::SiteOrigin { origin, site } if origin == "null" => write!(
                f,
                "refused the chat of site {site} to a page without an origin (null): it was opened from a file or in a sandboxed frame, \
                 and cannot be allowed"
            ),
            Self::SiteOrigin { origin, site } => write!(
                f,
                "refused the chat of site {site} to a page of {origin}. If that page is yours: seatline site allow {site} {origin}"
            ),
            Self::InsecureCookie { origin, public_url } => write!(
                f,
                "refused a log-in from {origin}, a page without encryption: public_url is {public_url}, so the session's cookie is for \
                 encrypted connections, and the browser would drop it. Have the proxy redirect http to https; if there is no https, \
                 set public_url to an http:// address"
            ),
            Self::UpgradeMissing { proxy, http_1_0 } => {
                let version = if *http_1_0 { ", in HTTP/1.0" } else { "" };
                write!(
                    f,
                    "a WebSocket's request came from {proxy} without its Upgrade header{version}: the proxy there does not pass WebSockets \
                     on, so that neither guests nor agents get a connection. nginx needs `proxy_http_version 1.1;`, `proxy_set_header \
                     Upgrade $http_upgrade;` and `proxy_set_header Connection \"upgrade\";`; for others see docs/proxies.md"
                )
            }
            Self::UntrustedProxy { proxy, header } => write!(
                f,
                "{proxy} sends {header} and is not in trusted_proxies, so everybody behind it counts as one: they share their limits of \
                 log-ins and new guests. If it is your proxy, set trusted_proxies = [\"{proxy}\"] (docs/proxies.md)"
            ),
            Self::AddressMissing { proxy, instead: None } => write!(
                f,
                "{proxy} is in trusted_proxies, but sends no X-Forwarded-For, so everybody behind it counts as one. Have it send that \
                 header (docs/proxies.md)"
            ),
            Self::AddressMissing {
                proxy,
                instead: Some(header),
            } => write!(
                f,
                "{proxy} is in trusted_proxies, but sends {header} and no X-Forwarded-For, which is the one that is read, so everybody \
                 behind it counts as one. Have it send X-Forwarded-For (docs/proxies.md)"
            ),
            Self::PathPrefix { prefix } => write!(
                f,
                "a proxy has Seatline below the path {prefix}, where desk and console do not work: give it a host name of its own \
                 (docs/proxies.md)"
            ),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CauseLabel {
    cause: &'static str,
}

/// What has been seen. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    seen: Family<CauseLabel, Counter>,
    logged: Arc<Mutex<Logged>>,
}

impl Default for Reach {
    fn default() -> Self {
        let seen = Family::default();
        for cause in KINDS {
            drop(seen.get_or_create(&CauseLabel { cause }));
        }
        Self {
            seen,
            logged: Arc::default(),
        }
    }
}

impl Reach {
    /// Counts it, and logs it if it is new.
    pub(crate) fn note(&self, cause: Cause) {
        self.seen.get_or_create(&CauseLabel { cause: cause.kind() }).inc();
        let news = self
            .logged
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_news(&cause, Instant::now());
        match news {
            News::No => {}
            News::Yes => tracing::warn!(cause = cause.kind(), "{cause}"),
            News::Last => tracing::warn!(
                cause = cause.kind(),
                "{cause}. There are many of this kind; more are counted, and not logged today"
            ),
        }
    }

    pub(crate) fn register(&self, registry: &mut Registry) {
        let help = "Requests that a proxy, or the page they come from, keeps from working; the log says what helps";
        registry.register("misdirected", help, self.seen.clone());
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    No,
    Yes,
    /// The last of its kind for a while.
    Last,
}

/// When each cause was logged.
#[derive(Debug, Default)]
struct Logged(HashMap<Cause, Instant>);

impl Logged {
    fn is_news(&mut self, cause: &Cause, now: Instant) -> News {
        self.0.retain(|_, at| now.duration_since(*at) < QUIET);
        let same_kind = self.0.keys().filter(|one| one.kind() == cause.kind()).count();
        if same_kind >= LOGGED_MAX || self.0.contains_key(cause) {
            return News::No;
        }
        self.0.insert(cause.clone(), now);
        if same_kind + 1 == LOGGED_MAX {
            News::Last
        } else {
            News::Yes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn foreign(host: u8) -> Cause {
        Cause::UntrustedProxy {
            proxy: Ipv4Addr::new(192, 0, 2, host).into(),
            header: "X-Forwarded-For",
        }
    }

    #[test]
    fn each_cause_is_logged_once_a_day() {
        let (mut logged, now) = (Logged::default(), Instant::now());
        assert_eq!(logged.is_news(&foreign(1), now), News::Yes);
        assert_eq!(logged.is_news(&foreign(1), now), News::No);
        assert_eq!(logged.is_news(&foreign(2), now), News::Yes);
        assert_eq!(logged.is_news(&foreign(1), now + QUIET), News::Yes);
    }

    #[test]
    fn causes_that_are_made_up_do_not_fill_the_log_nor_hide_other_kinds() {
        let (mut logged, now) = (Logged::default(), Instant::now());
        let news: Vec<_> = (0..=255).map(|host| logged.is_news(&foreign(host), now)).collect();
        assert_eq!(news.iter().filter(|news| **news != News::No).count(), LOGGED_MAX);
        assert_eq!(news.get(LOGGED_MAX - 1), Some(&News::Last));
        let prefix = "/chat".to_owned();
        assert_eq!(logged.is_news(&Cause::PathPrefix { prefix }, now), News::Yes);
    }
}
