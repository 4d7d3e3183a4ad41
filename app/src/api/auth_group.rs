//! Auth groups: named sets of rules.

use super::ApiError;
use super::json::Json;
use domain::member::AuthGroup;
use leptos::prelude::server;

/// All auth groups with their rules, by id.
#[server(prefix = "/api/v1", endpoint = "auth_group/list", protocol = Json)]
pub async fn list() -> Result<Vec<AuthGroup>, ApiError> {
    super::service::services()?.auth_groups.list().await
}

#[cfg(feature = "ssr")]
pub use on_server::AuthGroupService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, AuthGroup, List};
    use crate::api::access::{Access, Endpoint};
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![Endpoint::of::<List>(Access::Rule(Rule::AuthView))]
    }

    /// Auth groups, as the server keeps them.
    #[async_trait::async_trait]
    pub trait AuthGroupService: Send + Sync {
        async fn list(&self) -> Result<Vec<AuthGroup>, ApiError>;
    }
}
