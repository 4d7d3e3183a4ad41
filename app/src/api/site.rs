//! Sites: the places the script is embedded.

use super::json::Json;
use super::origin::parse_origin;
use super::{ApiError, FieldProblem, check::Check};
use domain::{GroupId, SiteId, name};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

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
    /// Origins such as `https://shop.example`, where the script may be embedded; `https://*.shop.example` stands for all
    /// subdomains of one.
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
    /// Names every field that is wrong; of the origins each by its place, such as `allowed_origins.0`.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.name = name::clean(&self.name);
        let mut check = Check::default();
        check.text("name", &self.name, 1..=64);
        if self.allowed_origins.len() > ORIGINS_MAX {
            check.problem("allowed_origins", FieldProblem::TooLong);
        }
        let mut origins = Vec::with_capacity(self.allowed_origins.len());
        for (index, written) in self.allowed_origins.iter().enumerate() {
            match parse_origin(written) {
                Ok(origin) => origins.push(origin),
                Err(problem) => _ = check.problem(&format!("allowed_origins.{index}"), problem.into()),
            }
        }
        origins.sort();
        origins.dedup();
        self.allowed_origins = origins;
        check.done().map(|()| self)
    }
}

/// All sites, by name.
#[server(prefix = "/api/v1", endpoint = "site/list", protocol = Json)]
pub async fn list() -> Result<Vec<Site>, ApiError> {
    super::service::services()?.sites.list().await
}

/// Create a site, with a key of its own.
#[server(prefix = "/api/v1", endpoint = "site/create", protocol = Json)]
pub async fn create(site: SiteChange) -> Result<Site, ApiError> {
    let (caller, site) = (super::service::caller()?, site.checked()?);
    super::service::services()?.sites.create(&caller, site).await
}

/// Change a site, from that version of it: `conflict` if that is not the newest, with the site as `current`. In force for
/// guests who connect from then on.
#[server(prefix = "/api/v1", endpoint = "site/update", protocol = Json)]
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
    use crate::api::origin::OriginProblem;
    use std::collections::BTreeMap;

    #[test]
    fn each_origin_that_is_wrong_is_named_with_what_is_wrong() {
        let change = |origins: &[&str]| SiteChange {
            name: " Shop ".to_owned(),
            allowed_origins: origins.iter().map(ToString::to_string).collect(),
            group: GroupId(1),
        };
        let checked = change(&["shop.example", "https://shop.example/cart"]).checked();
        assert_eq!(
            checked.map(|change| (change.name, change.allowed_origins)),
            Ok(("Shop".to_owned(), vec!["https://shop.example".to_owned()]))
        );
        let fields = BTreeMap::from([
            (
                "allowed_origins.1".to_owned(),
                FieldProblem::Origin(OriginProblem::Null),
            ),
            ("allowed_origins.2".to_owned(), FieldProblem::Origin(OriginProblem::Any)),
        ]);
        let refused = change(&["shop.example", "null", "*"]).checked();
        assert_eq!(refused.map_err(|error| error.fields), Err(fields));
    }
}
