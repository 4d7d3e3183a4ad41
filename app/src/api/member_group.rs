//! Member groups: the teams that guests are routed to.

use super::{ApiError, check::Check};
use domain::GroupId;
use domain::member::MemberGroup;
use leptos::prelude::server;
use server_fn::codec::Json;

/// `name` without white space around it, if it may be a group's.
///
/// # Errors
/// Says what is wrong with the field `name`.
pub fn checked_name(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    Check::default()
        .text("name", name, 1..=64)
        .done()
        .map(|()| name.to_owned())
}

/// All member groups, by name.
#[server(prefix = "/api/v1", endpoint = "member_group/list", input = Json, output = Json)]
pub async fn list() -> Result<Vec<MemberGroup>, ApiError> {
    super::service::services()?.member_groups.list().await
}

/// Create a member group without members.
#[server(prefix = "/api/v1", endpoint = "member_group/create", input = Json, output = Json)]
pub async fn create(name: String) -> Result<MemberGroup, ApiError> {
    let name = checked_name(&name)?;
    super::service::services()?.member_groups.create(name).await
}

/// Give a member group another name.
#[server(prefix = "/api/v1", endpoint = "member_group/rename", input = Json, output = Json)]
pub async fn rename(id: GroupId, name: String) -> Result<MemberGroup, ApiError> {
    let name = checked_name(&name)?;
    super::service::services()?.member_groups.rename(id, name).await
}

#[cfg(feature = "ssr")]
pub use on_server::MemberGroupService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, Create, GroupId, List, MemberGroup, Rename};
    use crate::api::access::{Access, Endpoint};
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![
            // An agent's desk names the teams of its conversations.
            Endpoint::of::<List>(Access::AnyRule(&[Rule::GroupView, Rule::ConversationServe])),
            Endpoint::of::<Create>(Access::Rule(Rule::GroupEdit)),
            Endpoint::of::<Rename>(Access::Rule(Rule::GroupEdit)),
        ]
    }

    /// Member groups, as the server keeps them.
    #[async_trait::async_trait]
    pub trait MemberGroupService: Send + Sync {
        async fn list(&self) -> Result<Vec<MemberGroup>, ApiError>;
        async fn create(&self, name: String) -> Result<MemberGroup, ApiError>;
        async fn rename(&self, id: GroupId, name: String) -> Result<MemberGroup, ApiError>;
    }
}
