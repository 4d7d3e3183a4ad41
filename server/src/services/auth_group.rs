//! Auth groups.

use super::{Resources, store_failed};
use app::api::ApiError;
use app::api::auth_group::AuthGroupService;
use async_trait::async_trait;
use domain::member::AuthGroup;

#[async_trait]
impl AuthGroupService for Resources {
    async fn list(&self) -> Result<Vec<AuthGroup>, ApiError> {
        self.store.auth_groups().await.map_err(store_failed)
    }
}
