//! Settings and secrets that live in the database, as pairs of key and value.

use crate::db::{Tx, execute, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::{Store, StoreError};

impl Store {
    pub async fn config_get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, (Text,), "SELECT value FROM config WHERE key = $1", key)?;
        Ok(row.map(|(value,)| value.0))
    }

    pub async fn config_set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let sql = "INSERT INTO config (key, value) VALUES ($1, $2)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        execute!(tx, sql, key, Text::of(value))?;
        tx.commit().await
    }

    /// The value there is, or `value`, which is stored then. Of several who ask at once all are given the same one.
    pub async fn config_get_or_insert(&self, key: &str, value: &str) -> Result<String, StoreError> {
        let mut tx = self.begin().await?;
        insert_if_missing(&mut tx, key, value).await?;
        let (stored,) = fetch_one!(tx, (Text,), "SELECT value FROM config WHERE key = $1", key)?;
        tx.commit().await?;
        Ok(stored.0)
    }
}

/// Whether it was missing. Another transaction that inserts the same key is waited for.
pub(crate) async fn insert_if_missing(tx: &mut Tx, key: &str, value: &str) -> Result<bool, StoreError> {
    let sql = "INSERT INTO config (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    Ok(execute!(tx, sql, key, Text::of(value))? > 0)
}
