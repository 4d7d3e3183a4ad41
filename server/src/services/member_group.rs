//! Member groups.

use super::{Resources, input_error, store_failed};
use app::api::ApiError;
use app::api::member_group::{GroupChange, MemberGroupService};
use app::api::service::Caller;
use async_trait::async_trait;
use domain::member::MemberGroup;
use domain::{GroupId, MemberId};
use store::{GroupUpdate, StoreError};

#[async_trait]
impl MemberGroupService for Resources {
    async fn list(&self) -> Result<Vec<MemberGroup>, ApiError> {
        let mut groups = self.store.member_groups().await.map_err(store_failed)?;
        groups.sort_by_cached_key(|group| group.name.to_lowercase());
        Ok(groups)
    }

    async fn create(&self, caller: &Caller, group: GroupChange) -> Result<MemberGroup, ApiError> {
        let new = update_of(group);
        let group = self.store.create_member_group(&new).await.map_err(input_error)?;
        tracing::info!(by = %caller.me.id, group = %group.id, "created a member group");
        self.publish_group(group.id, &group.members).await;
        Ok(group)
    }

    async fn update(
        &self,
        caller: &Caller,
        id: GroupId,
        version: i64,
        change: GroupChange,
    ) -> Result<MemberGroup, ApiError> {
        let update = update_of(change);
        let updated = match self.store.update_member_group(id, Some(version), &update).await {
            Err(StoreError::Outdated) => return Err(self.outdated(id).await?),
            updated => updated.map_err(input_error)?,
        };
        let updated = updated.ok_or_else(|| ApiError::not_found("member group"))?;
        tracing::info!(by = %caller.me.id, group = %id, moved = updated.moved.len(), "changed a member group");
        self.publish_group(id, &updated.moved).await;
        Ok(updated.group)
    }
}

fn update_of(change: GroupChange) -> GroupUpdate {
    GroupUpdate {
        name: change.name,
        members: change.members,
    }
}

impl Resources {
    /// That the group has been changed meanwhile.
    async fn outdated(&self, id: GroupId) -> Result<ApiError, ApiError> {
        let groups = self.store.member_groups().await.map_err(store_failed)?;
        let current = groups.into_iter().find(|group| group.id == id);
        current
            .map(ApiError::outdated)
            .ok_or_else(|| ApiError::not_found("member group"))
    }

    /// Tells the hub of a group that is stored, and cache and hub of those who joined it or left it.
    async fn publish_group(&self, id: GroupId, moved: &[MemberId]) {
        if let Err(error) = self.hub.group_changed(id).await {
            tracing::error!(%error, group = %id, "the hub could not be told of a changed member group");
        }
        for member in moved {
            self.publish_member(*member).await;
        }
    }
}
