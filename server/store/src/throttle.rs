//! Failed logins per account and per address, kept in the database so that a restart does not forgive them.
//!
//! How many failures block for how long is the caller's to decide.

use crate::db::{execute, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::{Store, StoreError};
use domain::Timestamp;

/// What is known of one account or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    pub failures: i64,
    pub last_failure_at: Timestamp,
    pub blocked_until: Timestamp,
}

impl Throttle {
    const fn of((failures, last_failure_at, blocked_until): (i64, i64, i64)) -> Self {
        Self {
            failures,
            last_failure_at: Timestamp(last_failure_at),
            blocked_until: Timestamp(blocked_until),
        }
    }
}

impl Store {
    pub async fn throttle(&self, key: &str) -> Result<Option<Throttle>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT failures, last_failure_at, blocked_until FROM login_throttle WHERE key = $1";
        Ok(fetch_optional!(conn, (i64, i64, i64), sql, Text::of(key))?.map(Throttle::of))
    }

    /// Counts one failure, also when several come at once. If the last one was before `forget_before`, counting starts
    /// again.
    pub async fn throttle_fail(
        &self,
        key: &str,
        now: Timestamp,
        forget_before: Timestamp,
    ) -> Result<Throttle, StoreError> {
        let mut tx = self.begin().await?;
        let row = fetch_one!(
            tx,
            (i64, i64, i64),
            "INSERT INTO login_throttle (key, failures, last_failure_at) VALUES ($1, 1, $2)
             ON CONFLICT (key) DO UPDATE SET
                 failures = CASE WHEN login_throttle.last_failure_at < $3 THEN 1 ELSE login_throttle.failures + 1 END,
                 last_failure_at = excluded.last_failure_at
             RETURNING failures, last_failure_at, blocked_until",
            Text::of(key),
            now.0,
            forget_before.0,
        )?;
        tx.commit().await?;
        Ok(Throttle::of(row))
    }

    /// Blocks until then, or longer if it is blocked longer already.
    pub async fn throttle_block(&self, key: &str, until: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE login_throttle SET blocked_until = $2 WHERE key = $1 AND blocked_until < $2";
        execute!(tx, sql, Text::of(key), until.0)?;
        tx.commit().await
    }

    /// Forgets the failures, after a good login.
    pub async fn throttle_clear(&self, key: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        execute!(tx, "DELETE FROM login_throttle WHERE key = $1", Text::of(key))?;
        tx.commit().await
    }

    /// Removes what neither failed nor blocks since `before`. How many there were.
    pub async fn throttle_purge(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "DELETE FROM login_throttle WHERE last_failure_at < $1 AND blocked_until < $1";
        let purged = execute!(tx, sql, before.0)?;
        tx.commit().await?;
        Ok(purged)
    }
}
