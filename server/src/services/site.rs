//! Sites.

use super::{Resources, input_error, store_failed};
use app::api::ApiError;
use app::api::service::Caller;
use app::api::site::{Site, SiteChange, SiteService};
use async_trait::async_trait;
use domain::SiteId;
use store::{SiteUpdate, StoreError};

#[async_trait]
impl SiteService for Resources {
    async fn list(&self) -> Result<Vec<Site>, ApiError> {
        let mut sites = self.store.sites().await.map_err(store_failed)?;
        sites.sort_by_cached_key(|site| site.name.to_lowercase());
        Ok(sites.into_iter().map(|site| self.site(site)).collect())
    }

    async fn create(&self, caller: &Caller, site: SiteChange) -> Result<Site, ApiError> {
        let created = self.store.create_site(&crate::random::key(), &update_of(site)).await;
        let site = created.map_err(input_error)?;
        tracing::info!(by = %caller.me.id, site = %site.id, "created a site");
        Ok(self.site(site))
    }

    async fn update(&self, caller: &Caller, id: SiteId, version: i64, change: SiteChange) -> Result<Site, ApiError> {
        let missing = || ApiError::not_found("site");
        let updated = match self.store.update_site(id, Some(version), &update_of(change)).await {
            Err(StoreError::Outdated) => {
                let current = self.store.site(id).await.map_err(store_failed)?;
                return Err(ApiError::outdated(self.site(current.ok_or_else(missing)?)));
            }
            updated => updated.map_err(input_error)?,
        };
        let site = updated.ok_or_else(missing)?;
        tracing::info!(by = %caller.me.id, site = %id, "changed a site");
        Ok(self.site(site))
    }
}

fn update_of(change: SiteChange) -> SiteUpdate {
    SiteUpdate {
        name: change.name,
        allowed_origins: change.allowed_origins,
        group: change.group,
    }
}

impl Resources {
    fn site(&self, row: store::Site) -> Site {
        Site {
            embed: embed(&self.base_url, &row.key),
            id: row.id,
            name: row.name,
            key: row.key,
            allowed_origins: row.allowed_origins,
            group: row.group,
            version: row.version,
        }
    }
}

/// The script tag that a site's pages carry.
pub fn embed(base_url: &str, key: &str) -> String {
    format!(r#"<script src="{base_url}/widget.js" data-site="{key}" async></script>"#)
}
