//! `seatline site …`

use super::input::say;
use super::open;
use crate::config::Place;
use anyhow::anyhow;
use app::api::origin::parse_origin;
use app::api::site::ORIGINS_MAX;
use clap::{Args, Subcommand};
use store::{SiteUpdate, Store, StoreError};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List sites with their keys and the origins they allow
    List(List),
    /// Let the script of a site be embedded in pages of these origins, too
    Allow(Allow),
}

#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
}

#[derive(Args, Debug)]
#[expect(clippy::doc_markdown, reason = "these comments are what --help prints")]
pub(super) struct Allow {
    /// The site's key
    key: String,

    /// Scheme and host, such as https://www.example.com, or https://*.example.com for all its subdomains
    #[arg(required = true, value_name = "ORIGIN", value_parser = origin)]
    origins: Vec<String>,

    #[command(flatten)]
    place: Place,
}

impl Command {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::List(list) => list.run().await,
            Self::Allow(allow) => allow.run().await,
        }
    }
}

impl List {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.place).await?;
        say(&format!("{:<14} {:<24} {}", "KEY", "NAME", "ALLOWED ORIGINS"))?;
        for site in store.sites().await? {
            say(&format!(
                "{:<14} {:<24} {}",
                site.key,
                site.name,
                site.allowed_origins.join(" ")
            ))?;
        }
        store.close().await;
        Ok(())
    }
}

impl Allow {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.place).await?;
        let allowed = loop {
            // If the console was saved in between, what it saved stays.
            if let Some(allowed) = self.allow(&store).await? {
                break allowed;
            }
        };
        store.close().await;
        say(&format!("{} allows {}", self.key, allowed.join(" ")))?;
        Ok(())
    }

    /// What the site allows then; `None` if somebody else changed it meanwhile.
    async fn allow(&self, store: &Store) -> anyhow::Result<Option<Vec<String>>> {
        let found = store.site_by_key(&self.key).await?;
        let site = found.ok_or_else(|| anyhow!("there is no site with the key {}", self.key))?;
        let mut origins = site.allowed_origins;
        origins.extend(self.origins.iter().cloned());
        origins.sort();
        origins.dedup();
        if origins.len() > ORIGINS_MAX {
            return Err(anyhow!("a site can allow {ORIGINS_MAX} origins at most"));
        }
        let update = SiteUpdate {
            name: site.name,
            allowed_origins: origins,
            group: site.group,
        };
        match store.update_site(site.id, Some(site.version), &update).await {
            Ok(_) => Ok(Some(update.allowed_origins)),
            Err(StoreError::Outdated) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn origin(text: &str) -> Result<String, String> {
    parse_origin(text).map_err(|problem| problem.to_string())
}
