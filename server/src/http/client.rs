//! Whose address a request comes from, proxies taken off.

use super::origin::{FORWARDED_HOST, for_log};
use super::reach::Cause;
use crate::state::AppState;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// The one header that is read for the client's address. A proxy that does not write it may pass on what a client made up
/// in any other.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Headers in which proxies say whom they ask for, as the log writes them.
const FORWARDING: [(&str, &str); 3] = [
    (FORWARDED_FOR, "X-Forwarded-For"),
    ("forwarded", "Forwarded"),
    ("x-real-ip", "X-Real-IP"),
];

/// Whose request it is, in the extensions of every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The client's own address, as far as it is known.
    pub address: IpAddr,
    /// How the proxy before us, if there is one, tells of the client.
    pub forwarding: Forwarding,
}

/// What a request says of whom it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forwarding {
    /// Nothing: nobody is between, or it does not say so.
    None,
    /// A trusted proxy says whom it asks for.
    Told,
    /// A trusted proxy does not say, or in a header that is not read: that one.
    Missing(Option<&'static str>),
    /// In this header, from an address that is not trusted.
    Untrusted(&'static str),
}

impl Client {
    fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let peer = peer.to_canonical();
        let header = FORWARDING.into_iter().find(|(name, _)| headers.contains_key(*name));
        let forwarding = match (trusted.iter().any(|network| network.contains(&peer)), header) {
            (true, Some((FORWARDED_FOR, _))) => Forwarding::Told,
            (true, header) => Forwarding::Missing(header.map(|(_, name)| name)),
            (false, Some((_, name))) => Forwarding::Untrusted(name),
            (false, None) => Forwarding::None,
        };
        Self {
            address: behind(peer, headers, trusted),
            forwarding,
        }
    }

    /// Whether the address is in truth that of a proxy, with everybody behind it. Only near ones count: any client can
    /// send the header, but not from an address of a private network.
    pub fn is_shared(&self) -> bool {
        let near = match self.address {
            IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
            IpAddr::V6(address) => {
                address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
            }
        };
        near && !matches!(self.forwarding, Forwarding::None | Forwarding::Told)
    }

    /// What is to be set right, if anything is.
    fn cause(&self, peer: IpAddr, path: &str) -> Option<Cause> {
        let proxy = peer.to_canonical();
        match self.forwarding {
            Forwarding::Untrusted(header) => Some(Cause::UntrustedProxy { proxy, header }),
            // A proxy asks for itself whether we are well.
            Forwarding::Missing(instead) if path.starts_with("/api/") || path.starts_with("/ws/") => {
                Some(Cause::AddressMissing { proxy, instead })
            }
            Forwarding::None | Forwarding::Told | Forwarding::Missing(_) => None,
        }
    }
}

/// Notes whose request it is, and takes off what only a trusted proxy may say.
pub(super) async fn identify(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = Client::of(peer.ip(), request.headers(), &state.settings.trusted_proxies);
    if let Some(prefix) = stripped_prefix(request.headers()) {
        state.reach.note(Cause::PathPrefix { prefix });
    }
    if let Some(cause) = client.cause(peer.ip(), request.uri().path()) {
        state.reach.note(cause);
    }
    if !matches!(client.forwarding, Forwarding::Told | Forwarding::Missing(_)) {
        request.headers_mut().remove(FORWARDED_HOST);
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

/// The path that a proxy says it has taken off.
fn stripped_prefix(headers: &HeaderMap) -> Option<String> {
    let prefix = headers.get("x-forwarded-prefix")?.to_str().ok()?;
    (!matches!(prefix, "" | "/")).then(|| for_log(prefix))
}

/// The last address of the chain that no trusted proxy vouches for. What stands before it anybody can make up.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    let lines: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(&address) {
            break;
        }
        let Some(before) = parse(hop) else { break };
        address = before;
    }
    address
}

/// An address, with or without a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = || hop.trim_start_matches('[').trim_end_matches(']').parse().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(seen("192.0.2.9", &["198.51.100.1"], &["10.0.0.0/8"]), "192.0.2.9");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed_to_the_first_stranger() {
        let chain = ["203.0.113.7, 198.51.100.1", "10.0.0.2"];
        assert_eq!(seen("10.0.0.1", &chain, &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["[2001:db8::1]:443"], &["10.0.0.0/8"]), "2001:db8::1");
    }

    #[test]
    fn who_says_whom_it_asks_for_is_believed_if_it_is_trusted_and_noticed_if_not() {
        let forwarding = |peer: &str, header: Option<&'static str>| {
            let sent = header.map(|name| (name.parse().unwrap(), "198.51.100.1".parse().unwrap()));
            Client::of(
                peer.parse().unwrap(),
                &HeaderMap::from_iter(sent),
                &["10.0.0.0/8".parse().unwrap()],
            )
        };
        let trusted = |header| forwarding("10.0.0.1", header).forwarding;
        assert_eq!(trusted(Some("x-forwarded-for")), Forwarding::Told);
        assert_eq!(trusted(Some("x-real-ip")), Forwarding::Missing(Some("X-Real-IP")));
        assert_eq!(trusted(None), Forwarding::Missing(None));
        for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
            let near = forwarding("192.168.0.1", Some(header));
            assert!(
                matches!(near.forwarding, Forwarding::Untrusted(_)) && near.is_shared(),
                "{header}"
            );
            assert!(
                !forwarding("203.0.113.1", Some(header)).is_shared(),
                "anybody can send {header}"
            );
        }
        let direct = forwarding("192.168.0.1", None);
        assert_eq!((direct.forwarding, direct.is_shared()), (Forwarding::None, false));
    }

    #[test]
    fn what_is_no_address_ends_the_chain() {
        assert_eq!(
            seen("10.0.0.1", &["198.51.100.1, unknown"], &["10.0.0.0/8"]),
            "10.0.0.1"
        );
        assert_eq!(
            seen("::ffff:10.0.0.1", &["198.51.100.1"], &["10.0.0.0/8"]),
            "198.51.100.1"
        );
    }
}
