//! Sites: the places the script is embedded.

use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::word::{from_json, json};
use crate::{Field, Store, StoreError};
use domain::{GroupId, SiteId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    pub name: String,
    /// The public key in the script tag.
    pub key: String,
    /// Origins such as `https://shop.example` that may embed it.
    pub allowed_origins: Vec<String>,
    /// The member group its guests are routed to.
    pub group: GroupId,
    /// Goes up with every change.
    pub version: i64,
}

/// What can be said of a site when it is created or changed; replaces all of it.
#[derive(Clone, Debug)]
pub struct SiteUpdate {
    pub name: String,
    pub allowed_origins: Vec<String>,
    pub group: GroupId,
}

#[derive(sqlx::FromRow)]
struct SiteRow {
    id: i64,
    name: Text,
    key: Text,
    allowed_origins: String,
    group_id: i64,
    version: i64,
}

macro_rules! select_sites {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, key, allowed_origins, group_id, version FROM site ",
            $rest
        )
    };
}

impl Store {
    /// All sites, by id.
    pub async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(conn, SiteRow, select_sites!("ORDER BY id"))?;
        rows.into_iter().map(SiteRow::into_site).collect()
    }

    pub async fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, SiteRow, select_sites!("WHERE id = $1"), id.0)?;
        row.map(SiteRow::into_site).transpose()
    }

    pub async fn site_by_key(&self, key: &str) -> Result<Option<Site>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, SiteRow, select_sites!("WHERE key = $1"), Text::of(key))?;
        row.map(SiteRow::into_site).transpose()
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the key, [`StoreError::Unknown`] about the group.
    pub async fn create_site(&self, key: &str, new: &SiteUpdate) -> Result<Site, StoreError> {
        let mut tx = self.begin().await?;
        let id = insert_site(&mut tx, key, new).await?;
        tx.commit().await?;
        Ok(Site {
            id,
            name: new.name.clone(),
            key: key.to_owned(),
            allowed_origins: new.allowed_origins.clone(),
            group: new.group,
            version: 1,
        })
    }

    /// `version` is the one that the change was made from; `None` for whichever it is now.
    ///
    /// # Errors
    /// [`StoreError::Outdated`], [`StoreError::Unknown`] about the group.
    pub async fn update_site(
        &self,
        id: SiteId,
        version: Option<i64>,
        update: &SiteUpdate,
    ) -> Result<Option<Site>, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE site SET name = $2, allowed_origins = $3, group_id = $4, version = version + 1
                   WHERE id = $1 AND version = COALESCE(CAST($5 AS BIGINT), version)";
        let origins = json("origins", &update.allowed_origins)?;
        let done = execute!(tx, sql, id.0, Text::of(&update.name), origins, update.group.0, version);
        let is_done = done.map_err(about_the_group)? > 0;
        let row = fetch_optional!(tx, SiteRow, select_sites!("WHERE id = $1"), id.0)?;
        if row.is_some() && !is_done {
            return Err(StoreError::Outdated);
        }
        tx.commit().await?;
        row.map(SiteRow::into_site).transpose()
    }
}

impl SiteRow {
    fn into_site(self) -> Result<Site, StoreError> {
        Ok(Site {
            id: SiteId(self.id),
            name: self.name.0,
            key: self.key.0,
            allowed_origins: from_json("origins", &self.allowed_origins)?,
            group: GroupId(self.group_id),
            version: self.version,
        })
    }
}

pub(crate) async fn insert_site(tx: &mut Tx, key: &str, new: &SiteUpdate) -> Result<SiteId, StoreError> {
    let sql = "INSERT INTO site (name, key, allowed_origins, group_id) VALUES ($1, $2, $3, $4) RETURNING id";
    let origins = json("origins", &new.allowed_origins)?;
    let inserted = fetch_one!(
        tx,
        (i64,),
        sql,
        Text::of(&new.name),
        Text::of(key),
        origins,
        new.group.0
    );
    inserted.map(|(id,)| SiteId(id)).map_err(about_the_group)
}

/// The group is the only thing that a site refers to.
fn about_the_group(error: StoreError) -> StoreError {
    match error {
        StoreError::Unknown { .. } => StoreError::Unknown { field: Field::Group },
        other => other,
    }
}
