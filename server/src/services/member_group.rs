//! Member groups.

use super::{Resources, input_error, store_failed};
use app::api::ApiError;
use app::api::member_group::MemberGroupService;
use async_trait::async_trait;
use domain::GroupId;
use domain::member::MemberGroup;

#[async_trait]
impl MemberGroupService for Resources {
    async fn list(&self) -> Result<Vec<MemberGroup>, ApiError> {
        let mut groups = self.store.member_groups().await.map_err(store_failed)?;
        groups.sort_by_cached_key(|group| group.name.to_lowercase());
        Ok(groups)
    }

    async fn create(&self, name: String) -> Result<MemberGroup, ApiError> {
        let group = self.store.create_member_group(&name).await.map_err(input_error)?;
        self.publish_group(group.id).await;
        Ok(group)
    }

    async fn rename(&self, id: GroupId, name: String) -> Result<MemberGroup, ApiError> {
        let renamed = self.store.rename_member_group(id, &name).await.map_err(input_error)?;
        let group = renamed.ok_or_else(|| ApiError::not_found("member group"))?;
        self.publish_group(id).await;
        Ok(group)
    }
}

impl Resources {
    async fn publish_group(&self, id: GroupId) {
        if let Err(error) = self.hub.group_changed(id).await {
            tracing::error!(%error, group = %id, "the hub could not be told of a changed member group");
        }
    }
}
