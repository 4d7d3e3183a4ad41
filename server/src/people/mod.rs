//! People: passwords, sessions, throttling, and who may do what.
//!
//! Invariant: knows nothing of HTTP. Tokens come in and go out as text; cookies are `http`'s business.

mod argon2id;
mod cache;
mod login;
pub mod logins;
mod password;
mod session;
mod throttle;

pub use cache::{CachedMember, MemberCache};
pub use login::Reset;
pub use password::{Busy, Passwords};

use crate::clock::Clock;
use crate::config::Settings;
use app::api::ApiError;
use domain::MemberId;
use std::net::IpAddr;
use store::Store;
use throttle::Throttling;

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
struct SessionLife {
    idle_ms: i64,
    max_ms: i64,
}

/// Everything about people. Cheap to clone.
#[derive(Clone, Debug)]
pub struct People {
    store: Store,
    clock: Clock,
    passwords: Passwords,
    throttling: Throttling,
    members: MemberCache,
    life: SessionLife,
}

impl People {
    pub fn new(store: Store, clock: Clock, passwords: Passwords, settings: &Settings) -> Self {
        Self {
            throttling: Throttling::new(store.clone()),
            members: MemberCache::new(store.clone()),
            store,
            clock,
            passwords,
            life: SessionLife {
                idle_ms: settings.session_idle_ms,
                max_ms: settings.session_max_ms,
            },
        }
    }

    /// The time of day.
    pub fn now(&self) -> domain::Timestamp {
        self.clock.now()
    }

    /// The cache of members with their groups and rules.
    pub const fn members(&self) -> &MemberCache {
        &self.members
    }

    pub const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Removes what no longer counts: dead sessions, old failures.
    ///
    /// # Errors
    /// The store failed.
    pub async fn tidy(&self) -> Result<(), store::StoreError> {
        let now = self.clock.now();
        let sessions = self.store.purge_sessions(now, now.plus_ms(-self.life.idle_ms)).await?;
        let failures = self.throttling.tidy(now).await?;
        tracing::debug!(sessions, failures, "tidied up");
        Ok(())
    }
}

/// Where somebody tries to log in from.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub address: Option<IpAddr>,
    /// It is a proxy's, with everybody behind it.
    pub is_shared: bool,
}

/// Who tries to log in, for throttling.
#[derive(Clone, Copy, Debug)]
struct Attempt<'a> {
    login: &'a str,
    from: Source,
}

/// What the store's failure is to a caller: a fault of ours, with the cause in the log.
pub(crate) fn store_failed(error: store::StoreError) -> ApiError {
    if matches!(error, store::StoreError::Unavailable(_) | store::StoreError::Lost(_)) {
        tracing::warn!(%error, "the store is not available");
        return ApiError::unavailable();
    }
    tracing::error!(%error, "the store failed");
    ApiError::internal()
}

/// Somebody is logged in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub member: MemberId,
    pub token: String,
}
