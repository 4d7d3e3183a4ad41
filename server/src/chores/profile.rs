//! Guests' profiles: works up the visits that the hub reports, and keeps them.

use domain::guest::{Environment, PageView};
use room::{Visit, VisitKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use store::Store;
use store::write::VisitWrite;
use tokio::sync::mpsc;
use woothee::parser::{Parser, WootheeResult};

/// Visits that may wait. When there are more the hub lets them go: a profile with a gap is better than a slow hub.
pub const QUEUE: usize = 4_096;

/// Visits kept in one transaction: few enough that a message which waits for it does not wait long.
const TOGETHER: usize = 32;

/// A visit can be reported before the guest it belongs to is stored; it is tried again then.
const AGAIN_AFTER: Duration = Duration::from_millis(250);
const ATTEMPTS: u32 = 4;

/// Longest texts kept, in characters. A page says what it likes.
const URL_CHARS_MAX: usize = 2_048;
const TITLE_CHARS_MAX: usize = 256;
const LANGUAGE_CHARS_MAX: usize = 35;
const TIME_ZONE_CHARS_MAX: usize = 64;

/// Longest name of a browser or a system, version included.
const KIND_CHARS_MAX: usize = 64;

/// The task that keeps profiles.
#[derive(Debug)]
pub struct Profile {
    pub store: Store,
    /// Keep only the network part of addresses.
    pub truncate_addresses: bool,
}

impl Profile {
    /// Works until the hub stops and every visit it reported is kept.
    pub async fn run(self, mut visits: mpsc::Receiver<Visit>) {
        let mut reported = Vec::with_capacity(TOGETHER);
        while visits.recv_many(&mut reported, TOGETHER).await > 0 {
            let together = reported.drain(..).map(|visit| self.work_up(visit)).collect();
            self.keep(together).await;
        }
    }

    async fn keep(&self, mut visits: Vec<VisitWrite>) {
        for _ in 0..ATTEMPTS {
            match self.store.record_visits(&visits).await {
                Ok(kept) => {
                    let mut kept = kept.into_iter();
                    visits.retain(|_| kept.next() != Some(true));
                }
                Err(error) => {
                    tracing::warn!(%error, visits = visits.len(), "visits were not kept");
                    return;
                }
            }
            if visits.is_empty() {
                return;
            }
            tokio::time::sleep(AGAIN_AFTER).await;
        }
        tracing::debug!(visits = visits.len(), "visits of guests who were never stored");
    }

    fn work_up(&self, visit: Visit) -> VisitWrite {
        let (browser, system) = browser_and_system(&visit.user_agent);
        let address = visit.address.map(|address| {
            if self.truncate_addresses {
                network(address)
            } else {
                address
            }
        });
        VisitWrite {
            begins: visit.kind == VisitKind::New,
            guest: visit.guest,
            at: visit.at,
            page: bounded_page(visit.page),
            environment: bounded_environment(visit.environment),
            browser,
            system,
            address: address.map(|address| address.to_string()).unwrap_or_default(),
        }
    }
}

/// As people say it, such as `Chrome 128` and `Windows 10`; empty if unknown.
fn browser_and_system(user_agent: &str) -> (String, String) {
    let Some(WootheeResult {
        name,
        version,
        os,
        os_version,
        ..
    }) = Parser::new().parse(user_agent)
    else {
        return <_>::default();
    };
    let major = version.split('.').next().unwrap_or_default();
    (
        cut(said(name, major), KIND_CHARS_MAX),
        cut(said(os, &os_version), KIND_CHARS_MAX),
    )
}

/// A name with its version, without what the parser does not know and without saying anything twice.
fn said(name: &str, version: &str) -> String {
    const UNKNOWN: &str = "UNKNOWN";
    match (name, version) {
        (UNKNOWN | "", _) => String::new(),
        // Browsers have said 10.15.7 of every version since, so none is better.
        ("Mac OSX", _) => "macOS".to_owned(),
        (name, UNKNOWN | "") => name.to_owned(),
        // Windows' names have their version in them, and "NT 10.0" is not what people call it.
        (name, _) if name.starts_with("Windows") => name.to_owned(),
        (name, version) => format!("{name} {version}"),
    }
}

/// The part of an address that names the network and not who is in it: /24, and /48 in IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Ipv4Addr::new(a, b, c, 0).into()
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()
        }
    }
}

fn bounded_page(page: PageView) -> PageView {
    PageView {
        url: cut(page.url, URL_CHARS_MAX),
        title: cut(page.title, TITLE_CHARS_MAX),
        referrer: cut(page.referrer, URL_CHARS_MAX),
    }
}

fn bounded_environment(environment: Environment) -> Environment {
    Environment {
        language: cut(environment.language, LANGUAGE_CHARS_MAX),
        time_zone: cut(environment.time_zone, TIME_ZONE_CHARS_MAX),
        ..environment
    }
}

fn cut(mut text: String, chars_max: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(chars_max) {
        text.truncate(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_user_agent_comes_to_two_short_names(text in prop_oneof![
            ".{0,300}",
            "(Mozilla/5\\.0 )?\\(?(Windows NT|Linux|iPhone|Android|Mac OS X|PlayStation|SymbianOS)[ /]?[0-9._]{0,200}[;)]? ?\
             (Chrome|Safari|Version|Opera|MSIE|Trident|Firefox|Edge|SamsungBrowser|Googlebot)/[0-9.]{0,200}.{0,40}",
        ]) {
            let (browser, system) = browser_and_system(&text);
            prop_assert!(browser.chars().count() <= KIND_CHARS_MAX && system.chars().count() <= KIND_CHARS_MAX);
        }

        #[test]
        fn any_page_is_kept_within_its_bounds(url in ".{0,3000}", title in ".{0,400}") {
            let page = bounded_page(PageView { url: url.clone(), title, referrer: url.clone() });
            prop_assert!(page.url.chars().count() <= URL_CHARS_MAX && page.title.chars().count() <= TITLE_CHARS_MAX);
            prop_assert!(url.starts_with(&page.url));
            // What the hub lets through is of the web, and shown as a link.
            let linked = page.bounded();
            prop_assert!(linked.url.is_empty() || linked.url.starts_with("http://") || linked.url.starts_with("https://"));
        }

        #[test]
        fn any_address_names_its_network(bits in any::<u128>()) {
            let address = network(Ipv6Addr::from_bits(bits).into());
            prop_assert_eq!(network(address), address);
        }
    }

    #[test]
    fn browsers_and_systems_are_called_what_people_call_them() {
        let known = |agent| {
            let (browser, system) = browser_and_system(agent);
            format!("{browser}, {system}")
        };
        assert_eq!(
            known(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36"
            ),
            "Chrome 128, Windows 10"
        );
        assert_eq!(
            known(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari 17, iPhone 17.5"
        );
        assert_eq!(
            known(
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36"
            ),
            "Chrome 128, macOS"
        );
        assert_eq!(known("nothing of the kind"), ", ");
    }

    #[test]
    fn a_truncated_address_names_its_network_only() {
        let network_of = |address: &str| {
            address
                .parse()
                .map(|address| network(address).to_string())
                .unwrap_or_default()
        };
        assert_eq!(network_of("192.0.2.77"), "192.0.2.0");
        assert_eq!(network_of("::ffff:192.0.2.77"), "192.0.2.0");
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1::");
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("王女士".into(), 2), "王女");
        assert_eq!(cut("abc".into(), 3), "abc");
    }
}
