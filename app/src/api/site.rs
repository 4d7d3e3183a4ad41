//! Sites: the places the script is embedded.

use super::{ApiError, FieldProblem, check::Check};
use domain::{GroupId, SiteId, name};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// Most origins that one site can allow.
pub const ORIGINS_MAX: usize = 100;

/// A site as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub id: SiteId,
    /// 1 to 64 characters.
    pub name: String,
    /// Public; names the site in the script tag.
    pub key: String,
    /// Origins such as `https://shop.example`, where the script may be embedded.
    pub allowed_origins: Vec<String>,
    /// The member group that its guests are routed to.
    pub group: GroupId,
    /// The script tag to paste into the site's pages.
    pub embed: String,
    /// Goes up with every change: a change names the one it was made from.
    pub version: i64,
}

/// Everything about a site that can be said, as it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteChange {
    pub name: String,
    pub allowed_origins: Vec<String>,
    pub group: GroupId,
}

impl SiteChange {
    /// The same with the name as it is kept and origins in the form browsers send them, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.name = name::clean(&self.name);
        let mut check = Check::default();
        check.text("name", &self.name, 1..=64);
        if self.allowed_origins.len() > ORIGINS_MAX {
            check.problem("allowed_origins", FieldProblem::TooLong);
        }
        match self
            .allowed_origins
            .iter()
            .map(|origin| parse_origin(origin))
            .collect::<Option<Vec<_>>>()
        {
            Some(mut origins) => {
                origins.sort();
                origins.dedup();
                self.allowed_origins = origins;
            }
            None => {
                check.problem("allowed_origins", FieldProblem::Invalid);
            }
        }
        check.done().map(|()| self)
    }
}

/// `text` as a browser writes an origin (scheme and host in lower case, no path, no default port), or `None` if it is
/// not one.
pub fn parse_origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (scheme, rest) = text.split_once("://")?;
    let default_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let authority = authority.strip_suffix(default_port).unwrap_or(authority);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => {
            port.parse::<u16>().ok().filter(|port| *port > 0)?;
            host
        }
        _ => authority,
    };
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let of_v6 = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let good = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => !address.is_empty() && address.bytes().all(of_v6),
        None => !host.is_empty() && host.bytes().all(of_name),
    };
    good.then(|| format!("{scheme}://{authority}"))
}

/// All sites, by name.
#[server(prefix = "/api/v1", endpoint = "site/list", input = Json, output = Json)]
pub async fn list() -> Result<Vec<Site>, ApiError> {
    super::service::services()?.sites.list().await
}

/// Create a site, with a key of its own.
#[server(prefix = "/api/v1", endpoint = "site/create", input = Json, output = Json)]
pub async fn create(site: SiteChange) -> Result<Site, ApiError> {
    let (caller, site) = (super::service::caller()?, site.checked()?);
    super::service::services()?.sites.create(&caller, site).await
}

/// Change a site, from that version of it: `conflict` if that is not the newest, with the site as `current`. In force for
/// guests who connect from then on.
#[server(prefix = "/api/v1", endpoint = "site/update", input = Json, output = Json)]
pub async fn update(id: SiteId, version: i64, change: SiteChange) -> Result<Site, ApiError> {
    let (caller, change) = (super::service::caller()?, change.checked()?);
    let sites = super::service::services()?.sites;
    sites.update(&caller, id, version, change).await
}

#[cfg(feature = "ssr")]
pub use on_server::SiteService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, Create, List, Site, SiteChange, SiteId, Update};
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::Caller;
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![
            Endpoint::of::<List>(Access::Rule(Rule::SiteView)),
            Endpoint::of::<Create>(Access::Rule(Rule::SiteEdit)),
            Endpoint::of::<Update>(Access::Rule(Rule::SiteEdit)),
        ]
    }

    /// Sites, as the server keeps them.
    #[async_trait::async_trait]
    pub trait SiteService: Send + Sync {
        async fn list(&self) -> Result<Vec<Site>, ApiError>;
        async fn create(&self, caller: &Caller, site: SiteChange) -> Result<Site, ApiError>;
        async fn update(&self, caller: &Caller, id: SiteId, version: i64, change: SiteChange)
        -> Result<Site, ApiError>;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_take_the_form_that_browsers_send() {
        for (written, sent) in [
            (" HTTPS://Shop.Example/ ", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(parse_origin(written).as_deref(), Some(sent), "{written}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "",
            "*",
            "shop.example",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://a:0",
            "https://a b",
            "https://u@a",
        ] {
            assert_eq!(parse_origin(text), None, "{text}");
        }
    }
}
