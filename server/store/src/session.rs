//! Sessions of logged-in members, by a hash of their token.

use crate::db::{Tx, execute, fetch_optional};
use crate::{Store, StoreError, initialise};
use domain::{MemberId, Timestamp};

/// A session to be created.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub token_hash: Vec<u8>,
    pub member: MemberId,
    /// When it ends, however much it is used.
    pub expires_at: Timestamp,
}

/// A session of an enabled member. Whether it has expired is for the caller to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub member: MemberId,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Store {
    pub async fn create_session(&self, new: &NewSession, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO session (token_hash, member_id, created_at, last_used_at, expires_at)
             VALUES ($1, $2, $3, $3, $4)",
            &new.token_hash,
            new.member.0,
            now.0,
            new.expires_at.0,
        )?;
        initialise::claim(&mut tx).await?;
        tx.commit().await
    }

    /// The session of that token hash, unless its member is disabled.
    pub async fn session(&self, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT session.member_id, session.created_at, session.last_used_at, session.expires_at
                   FROM session JOIN member ON member.id = session.member_id
                   WHERE session.token_hash = $1 AND NOT member.disabled";
        let row = fetch_optional!(conn, (i64, i64, i64, i64), sql, token_hash)?;
        Ok(row.map(|(member, created_at, last_used_at, expires_at)| Session {
            member: MemberId(member),
            created_at: Timestamp(created_at),
            last_used_at: Timestamp(last_used_at),
            expires_at: Timestamp(expires_at),
        }))
    }

    /// The session was used.
    pub async fn touch_session(&self, token_hash: &[u8], now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "UPDATE session SET last_used_at = $2 WHERE token_hash = $1",
            token_hash,
            now.0
        )?;
        tx.commit().await
    }

    pub async fn end_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        execute!(tx, "DELETE FROM session WHERE token_hash = $1", token_hash)?;
        tx.commit().await
    }

    /// Ends a member's sessions, save the one whose token hash is `keep`. How many there were.
    pub async fn end_sessions_of(&self, member: MemberId, keep: Option<&[u8]>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let ended = end_all(&mut tx, member, keep).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Removes sessions that ended by `now` or were last used before `idle_before`. How many there were.
    pub async fn purge_sessions(&self, now: Timestamp, idle_before: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "DELETE FROM session WHERE expires_at <= $1 OR last_used_at < $2";
        let purged = execute!(tx, sql, now.0, idle_before.0)?;
        tx.commit().await?;
        Ok(purged)
    }
}

pub(crate) async fn end_all(tx: &mut Tx, member: MemberId, keep: Option<&[u8]>) -> Result<u64, StoreError> {
    // No token hash is empty.
    let sql = "DELETE FROM session WHERE member_id = $1 AND token_hash <> $2";
    execute!(tx, sql, member.0, keep.unwrap_or_default())
}
