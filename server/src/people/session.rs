//! Sessions: a random token on the client's side, its hash on ours.

use super::{People, SignedIn, store_failed};
use app::api::ApiError;
use app::api::service::{Caller, SessionHash};
use domain::MemberId;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::{NewSession, Session};

/// The time of last use is stored at most this often.
const TOUCH_EVERY_MS: i64 = 60_000;

impl People {
    /// The member whose session that token is, if it is still good.
    ///
    /// # Errors
    /// The store failed.
    pub async fn caller(&self, token: &str) -> Result<Option<Caller>, ApiError> {
        let hash = hash(token);
        let now = self.clock.now();
        let Some(session) = self.store.session(&hash.0).await.map_err(store_failed)? else {
            return Ok(None);
        };
        if !self.is_alive(&session) {
            self.store.end_session(&hash.0).await.map_err(store_failed)?;
            return Ok(None);
        }
        if now.ms_since(session.last_used_at) >= TOUCH_EVERY_MS {
            self.store.touch_session(&hash.0, now).await.map_err(store_failed)?;
        }
        Ok(self.member(session.member).await?.map(|member| Caller {
            me: Arc::clone(&member.me),
            session: hash,
            session_ends_at: session.expires_at,
        }))
    }

    /// The member from the cache.
    ///
    /// # Errors
    /// The store failed.
    pub async fn member(&self, id: MemberId) -> Result<Option<super::CachedMember>, ApiError> {
        self.members.get(id).await.map_err(|error| {
            tracing::error!(%error, "a member could not be read");
            ApiError::internal()
        })
    }

    /// Begins a session.
    pub(super) async fn begin_session(&self, member: MemberId) -> Result<SignedIn, ApiError> {
        let token = crate::random::token();
        let now = self.clock.now();
        let session = NewSession {
            token_hash: hash(&token).0.to_vec(),
            member,
            expires_at: now.plus_ms(self.life.max_ms),
        };
        self.store.create_session(&session, now).await.map_err(store_failed)?;
        Ok(SignedIn { member, token })
    }

    /// Ends that session.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_session(&self, session: SessionHash) -> Result<(), ApiError> {
        self.store.end_session(&session.0).await.map_err(store_failed)
    }

    fn is_alive(&self, session: &Session) -> bool {
        let now = self.clock.now();
        // A clock that was set back ends sessions as well, rather than making them last longer.
        let age_ms = now.ms_since(session.created_at);
        let idle_ms = now.ms_since(session.last_used_at);
        now < session.expires_at && age_ms < self.life.max_ms && idle_ms < self.life.idle_ms
    }
}

fn hash(token: &str) -> SessionHash {
    SessionHash(Sha256::digest(token).into())
}
