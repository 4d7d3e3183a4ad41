//! Origins: scheme, host and port of the pages that may embed a site's script. People write them in many ways; browsers
//! in one, which is the one that is stored and compared.

use super::FieldProblem;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv6Addr};

/// Why a text names no origin: a sentence without a full stop, for a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum OriginProblem {
    #[serde(rename = "required")]
    #[error("it is empty")]
    Empty,
    #[serde(rename = "origin_null")]
    #[error(
        "pages without an address of their own (opened from a file, or in a sandboxed frame) all have the origin `null`, \
         so allowing it would allow anybody's: serve the page over http, also from localhost"
    )]
    Null,
    #[serde(rename = "origin_any")]
    #[error(
        "every page there is cannot be allowed: name each origin; `https://*.shop.example` stands for all subdomains of one \
         domain"
    )]
    Any,
    #[serde(rename = "origin_wildcard")]
    #[error("`*` can only stand for subdomains, at the beginning of a host name: `https://*.shop.example`")]
    Wildcard,
    #[serde(rename = "origin_wildcard_top")]
    #[error("`*` before a top-level domain would allow strangers' sites: at least two names must follow it")]
    WildcardTop,
    #[serde(rename = "origin_user")]
    #[error("an origin has no user name or password in it")]
    User,
    #[serde(rename = "origin_port")]
    #[error("the port must be a number from 1 to 65535")]
    Port,
    #[serde(rename = "origin_scheme")]
    #[error("pages have no such scheme: it is https, http, or that of an app such as `capacitor://localhost`")]
    Scheme,
    #[serde(rename = "origin_host")]
    #[error("it names no host; write it like `https://www.example.com`")]
    Host,
    #[serde(rename = "origin_several")]
    #[error("it is more than one origin: write each by itself")]
    Several,
}

impl From<OriginProblem> for FieldProblem {
    fn from(problem: OriginProblem) -> Self {
        match problem {
            OriginProblem::Empty => Self::Required,
            problem => Self::Origin(problem),
        }
    }
}

/// What no page comes from, although it looks like a scheme.
const NO_PAGES: [&str; 13] = [
    "about",
    "blob",
    "data",
    "ftp",
    "ftps",
    "javascript",
    "mailto",
    "sftp",
    "ssh",
    "tel",
    "view-source",
    "ws",
    "wss",
];

/// `text` as browsers write an origin: `https://shop.example`. What people write instead is understood: the address of a
/// page, upper case, a default port, a name in any script (it becomes Punycode), a bare host (https; http for localhost
/// and bare addresses), an app's scheme (`capacitor://localhost`). `https://*.shop.example` stands for every subdomain at
/// any depth, and not for `https://shop.example` itself.
///
/// # Errors
/// Says why it is none.
pub fn parse_origin(text: &str) -> Result<String, OriginProblem> {
    let text = text.trim().replace('\\', "/");
    if text.is_empty() {
        return Err(OriginProblem::Empty);
    }
    if text.contains(char::is_whitespace) {
        return Err(OriginProblem::Several);
    }
    let (scheme, rest) = split_scheme(&text)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(OriginProblem::User);
    }
    if authority.contains([',', ';']) {
        return Err(OriginProblem::Several);
    }
    if scheme.is_none() && authority.eq_ignore_ascii_case("null") {
        return Err(OriginProblem::Null);
    }
    if authority == "*" || authority.starts_with("*:") {
        return Err(OriginProblem::Any);
    }
    let (wild, authority) = match authority.strip_prefix("*.") {
        Some(base) => (true, base),
        None => (false, authority),
    };
    if authority.contains('*') {
        return Err(OriginProblem::Wildcard);
    }
    let authority = bracketed(authority);
    check_port(&authority)?;
    let scheme = scheme.unwrap_or_else(|| assumed_scheme(&authority).to_owned());
    if !matches!(scheme.as_str(), "http" | "https") {
        return if wild {
            Err(OriginProblem::Wildcard)
        } else {
            app_origin(&scheme, &authority)
        };
    }
    let origin = web_origin(&format!("{scheme}://{authority}"))
        .filter(|origin| is_plain(origin))
        .ok_or(OriginProblem::Host)?;
    if wild { with_wildcard(&origin) } else { Ok(origin) }
}

/// Whether an origin has only what host names and addresses have: URLs allow a quotation mark in a host, DNS does not.
fn is_plain(origin: &str) -> bool {
    origin
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._:/[]".contains(&byte))
}

/// Whether pages of `origin`, in the form of [`parse_origin`], are meant by `allowed`.
pub fn allows_origin(allowed: &str, origin: &str) -> bool {
    if allowed.eq_ignore_ascii_case(origin) {
        return true;
    }
    let Some((scheme, base)) = allowed.split_once("://*.") else {
        return false;
    };
    origin
        .split_once("://")
        .filter(|(its, _)| *its == scheme)
        .and_then(|(_, host)| host.strip_suffix(base)?.strip_suffix('.'))
        .is_some_and(|labels| labels.split('.').all(|label| !label.is_empty()))
}

/// The scheme in lower case, unless none is written, and what follows it.
fn split_scheme(text: &str) -> Result<(Option<String>, &str), OriginProblem> {
    if let Some(rest) = text.strip_prefix("//") {
        return Ok((None, rest));
    }
    let Some((before, after)) = text
        .split_once(':')
        .filter(|(before, _)| !before.contains(['/', '?', '#']))
    else {
        return Ok((None, text));
    };
    let scheme = before.to_ascii_lowercase();
    if scheme == "file" {
        return Err(OriginProblem::Null);
    }
    if NO_PAGES.contains(&scheme.as_str()) {
        return Err(OriginProblem::Scheme);
    }
    if matches!(scheme.as_str(), "http" | "https") {
        // Browsers forgive a missing slash.
        return Ok((Some(scheme), after.trim_start_matches('/')));
    }
    match after.strip_prefix("//") {
        Some(rest) if is_scheme(&scheme) => Ok((Some(scheme), rest)),
        Some(_) => Err(if scheme == "*" {
            OriginProblem::Any
        } else {
            OriginProblem::Scheme
        }),
        // A bare host and its port, or an address of IPv6.
        None => Ok((None, text)),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_lowercase())
        && text
            .chars()
            .all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '+' | '-' | '.'))
}

/// An address of IPv6 as URLs have it.
fn bracketed(authority: &str) -> String {
    match authority.parse::<Ipv6Addr>() {
        Ok(address) => format!("[{address}]"),
        Err(_) => authority.to_owned(),
    }
}

/// Host and port; the port is empty if there is none.
fn split_port(authority: &str) -> (&str, &str) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    }
}

fn check_port(authority: &str) -> Result<(), OriginProblem> {
    let (_, port) = split_port(authority);
    let good = port.is_empty()
        || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse().is_ok_and(|port: u16| port > 0));
    if good { Ok(()) } else { Err(OriginProblem::Port) }
}

/// The scheme of a host that was written without one: encrypted, but on this computer, and where no certificate could be.
fn assumed_scheme(authority: &str) -> &'static str {
    let host = split_port(authority).0.to_ascii_lowercase();
    let is_local = host == "localhost" || host.ends_with(".localhost");
    if is_local || is_address(&host) { "http" } else { "https" }
}

fn is_address(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok()
}

/// The origin of an app's pages: its scheme has no rules but its own.
fn app_origin(scheme: &str, authority: &str) -> Result<String, OriginProblem> {
    let (host, port) = split_port(authority);
    let of_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_');
    if host.is_empty() || !host.chars().all(of_name) {
        return Err(OriginProblem::Host);
    }
    let colon = if port.is_empty() { "" } else { ":" };
    Ok(format!("{scheme}://{}{colon}{port}", host.to_ascii_lowercase()))
}

/// Puts `*.` before the host, unless that would mean strangers.
fn with_wildcard(origin: &str) -> Result<String, OriginProblem> {
    let (scheme, authority) = origin.split_once("://").ok_or(OriginProblem::Host)?;
    let host = split_port(authority).0.trim_end_matches('.');
    if is_address(host) {
        return Err(OriginProblem::Wildcard);
    }
    if !host.contains('.') && host != "localhost" {
        return Err(OriginProblem::WildcardTop);
    }
    Ok(format!("{scheme}://*.{authority}"))
}

/// The origin of a web address by the URL standard.
#[cfg(not(target_arch = "wasm32"))]
fn web_origin(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.origin().ascii_serialization())
}

/// The same: a browser has the standard inside, and its tables are larger than the rest of the console.
#[cfg(target_arch = "wasm32")]
fn web_origin(address: &str) -> Option<String> {
    let url = web_sys::Url::new(address).ok()?;
    Some(url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_becomes_what_browsers_send() {
        for (written, sent) in [
            (" HTTPS://Shop.Example/ ", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:80/", "http://shop.example"),
            ("https://shop.example/cart?x=1#top", "https://shop.example"),
            ("https://shop.example?x=a@b,c", "https://shop.example"),
            ("https:shop.example", "https://shop.example"),
            (r"https:\\shop.example\cart", "https://shop.example"),
            ("//shop.example/cart", "https://shop.example"),
            ("shop.example", "https://shop.example"),
            ("shop.example:8443/cart", "https://shop.example:8443"),
            ("shop.example/?from=https://other.example", "https://shop.example"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("商店.example", "https://xn--czrs0t.example"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("localhost:8080", "http://localhost:8080"),
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("[2001:DB8::1]:8080", "http://[2001:db8::1]:8080"),
            ("::1", "http://[::1]"),
            ("https://tauri.localhost", "https://tauri.localhost"),
            ("capacitor://localhost", "capacitor://localhost"),
            ("Ionic://localhost/", "ionic://localhost"),
            ("tauri://localhost", "tauri://localhost"),
            (
                "chrome-extension://abcdefghijklmnop/page.html",
                "chrome-extension://abcdefghijklmnop",
            ),
            ("https://*.Shop.Example/", "https://*.shop.example"),
            ("*.shop.example", "https://*.shop.example"),
            ("http://*.localhost:3000", "http://*.localhost:3000"),
        ] {
            assert_eq!(parse_origin(written).as_deref(), Ok(sent), "{written}");
        }
    }

    #[test]
    fn what_is_no_origin_is_told_why() {
        use OriginProblem as P;
        for (text, problem) in [
            ("", P::Empty),
            ("null", P::Null),
            ("file:///C:/shop.html", P::Null),
            ("*", P::Any),
            ("https://*", P::Any),
            ("*://shop.example", P::Any),
            ("https://shop.*", P::Wildcard),
            ("https://a.*.example", P::Wildcard),
            ("https://*.127.0.0.1", P::Wildcard),
            ("capacitor://*.localhost", P::Wildcard),
            ("https://*.com", P::WildcardTop),
            ("https://me:secret@shop.example", P::User),
            ("https://shop.example:0", P::Port),
            ("https://shop.example:*", P::Wildcard),
            ("https://shop.example:port", P::Port),
            ("https://shop.example:70000", P::Port),
            ("ftp://shop.example", P::Scheme),
            ("wss://shop.example", P::Scheme),
            ("javascript:alert(1)", P::Scheme),
            ("https://", P::Host),
            ("https://shop<.example", P::Host),
            ("capacitor://", P::Host),
            ("https://a.example https://b.example", P::Several),
            ("https://a.example,https://b.example", P::Several),
        ] {
            assert_eq!(parse_origin(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_wildcard_means_subdomains_at_any_depth_and_nothing_else() {
        let allowed = "https://*.shop.example";
        for origin in ["https://www.shop.example", "https://a.b.shop.example"] {
            assert!(allows_origin(allowed, origin), "{origin}");
        }
        for origin in [
            "https://shop.example",
            "https://.shop.example",
            "https://myshop.example",
            "http://www.shop.example",
            "https://www.shop.example:8443",
            "https://www.shop.example.evil.example",
        ] {
            assert!(!allows_origin(allowed, origin), "{origin}");
        }
        assert!(allows_origin(
            "https://*.shop.example:8443",
            "https://www.shop.example:8443"
        ));
        assert!(allows_origin("https://shop.example", "https://shop.example"));
    }
}
