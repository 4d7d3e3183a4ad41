//! Sites.

use super::{Resources, input_error, store_failed};
use app::api::ApiError;
use app::api::site::{Site, SiteChange, SiteService};
use async_trait::async_trait;
use domain::SiteId;
use store::SiteUpdate;

#[async_trait]
impl SiteService for Resources {
    async fn list(&self) -> Result<Vec<Site>, ApiError> {
        let mut sites = self.store.sites().await.map_err(store_failed)?;
        sites.sort_by_cached_key(|site| site.name.to_lowercase());
        Ok(sites.into_iter().map(|site| self.site(site)).collect())
    }

    async fn update(&self, id: SiteId, change: SiteChange) -> Result<Site, ApiError> {
        let update = SiteUpdate {
            name: change.name,
            allowed_origins: change.allowed_origins,
            group: change.group,
        };
        let updated = self.store.update_site(id, &update).await.map_err(input_error)?;
        updated
            .map(|site| self.site(site))
            .ok_or_else(|| ApiError::not_found("site"))
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
        }
    }
}

/// The script tag that a site's pages carry.
pub fn embed(base_url: &str, key: &str) -> String {
    format!(r#"<script src="{base_url}/widget.js" data-site="{key}" async></script>"#)
}
