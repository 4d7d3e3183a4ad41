//! Member groups: the teams that guests are routed to.

use super::json::Json;
use super::{ApiError, check::Check};
use domain::member::MemberGroup;
use domain::{GroupId, MemberId, name};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

/// Everything about a member group that can be said, as it shall be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChange {
    /// 1 to 64 characters, unique.
    pub name: String,
    /// Everybody in it.
    pub members: Vec<MemberId>,
}

impl GroupChange {
    /// The same with the name as it is kept, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.name = name::clean(&self.name);
        Check::default().text("name", &self.name, 1..=64).done().map(|()| self)
    }
}

/// All member groups, by name.
#[server(prefix = "/api/v1", endpoint = "member_group/list", protocol = Json)]
pub async fn list() -> Result<Vec<MemberGroup>, ApiError> {
    super::service::services()?.member_groups.list().await
}

/// Create a member group.
#[server(prefix = "/api/v1", endpoint = "member_group/create", protocol = Json)]
pub async fn create(group: GroupChange) -> Result<MemberGroup, ApiError> {
    let (caller, group) = (super::service::caller()?, group.checked()?);
    super::service::services()?.member_groups.create(&caller, group).await
}

/// Change a member group's name and who is in it, from that version of it: `conflict` if that is not the newest, with the
/// group as `current`. In force at once: who joins gets guests from its line, who leaves keeps
/// the conversations they have.
#[server(prefix = "/api/v1", endpoint = "member_group/update", protocol = Json)]
pub async fn update(id: GroupId, version: i64, change: GroupChange) -> Result<MemberGroup, ApiError> {
    let (caller, change) = (super::service::caller()?, change.checked()?);
    super::service::services()?
        .member_groups
        .update(&caller, id, version, change)
        .await
}

#[cfg(feature = "ssr")]
pub use on_server::MemberGroupService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, Create, GroupChange, GroupId, List, MemberGroup, Update};
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::Caller;
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![
            Endpoint::of::<List>(Access::Rule(Rule::GroupView)),
            Endpoint::of::<Create>(Access::Rule(Rule::GroupEdit)),
            Endpoint::of::<Update>(Access::Rule(Rule::GroupEdit)),
        ]
    }

    /// Member groups, as the server keeps them.
    #[async_trait::async_trait]
    pub trait MemberGroupService: Send + Sync {
        async fn list(&self) -> Result<Vec<MemberGroup>, ApiError>;
        async fn create(&self, caller: &Caller, group: GroupChange) -> Result<MemberGroup, ApiError>;
        async fn update(
            &self,
            caller: &Caller,
            id: GroupId,
            version: i64,
            change: GroupChange,
        ) -> Result<MemberGroup, ApiError>;
    }
}
