//! Password hashes: Argon2id, off the async threads, one at a time.

use super::argon2id::Argon2id;
use argon2::Params;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Those who may wait for a hash at a time; more are sent away rather than kept waiting for longer than they will.
const WAITING_MAX: usize = 64;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    argon: Arc<Argon2id>,
    /// One hash takes a processor and 19 MiB for some 30 ms. At the same time two would take twice the memory, and a
    /// second processor from those who talk.
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// A hash that no password fits, with the same cost as any other.
    unmatched: Arc<str>,
}

/// Too many are waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked at the moment")]
pub struct Busy;

/// The right to hash one password now. Its holder decides alone, so that no attempt slips through between a look at the
/// counters and their increase.
#[derive(Debug)]
pub struct Turn {
    passwords: Passwords,
    _running: OwnedSemaphorePermit,
}

impl Default for Passwords {
    /// Parameters as OWASP's Password Storage Cheat Sheet recommends for Argon2id: 19 MiB, 2 passes, 1 lane.
    fn default() -> Self {
        Self::with(Params::default())
    }
}

impl Passwords {
    /// As cheap as Argon2 allows; for tests of what is around it.
    ///
    /// # Errors
    /// Argon2 does not take its own minimum.
    pub fn cheap() -> Result<Self, argon2::Error> {
        Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).map(Self::with)
    }

    fn with(params: Params) -> Self {
        let argon = Argon2id::new(params);
        let unmatched = argon.unmatched().unwrap_or_default();
        Self {
            argon: Arc::new(argon),
            running: Arc::new(Semaphore::new(1)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            unmatched: unmatched.into(),
        }
    }

    /// Waits until a password may be hashed.
    ///
    /// # Errors
    /// Too many wait already.
    pub async fn turn(&self) -> Result<Turn, Busy> {
        let waiting = self.waiting.clone().try_acquire_owned().map_err(|_| Busy)?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| Busy)?;
        drop(waiting);
        Ok(Turn {
            passwords: self.clone(),
            _running: running,
        })
    }

    /// The hash of a new password, in PHC string format.
    ///
    /// # Errors
    /// Too many wait already.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        self.turn().await?.hash(password).await
    }
}

impl Turn {
    /// The hash of a new password, in PHC string format.
    ///
    /// # Errors
    /// The runtime is shutting down.
    pub async fn hash(self, password: String) -> Result<String, Busy> {
        let hashed = tokio::task::spawn_blocking(move || self.passwords.argon.hash(&password).ok()).await;
        hashed.ok().flatten().ok_or(Busy)
    }

    /// Whether `password` is the one with that hash. Without a hash the answer is no, and takes as long.
    pub async fn verify(&self, password: String, hash: Option<String>) -> bool {
        let passwords = self.passwords.clone();
        let verified = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(&passwords.unmatched);
            passwords.argon.verify(&password, hash).unwrap_or(false) && known
        });
        verified.await.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[tokio::test]
    async fn a_hash_fits_its_password_only_and_no_password_fits_no_hash() {
        let passwords = Passwords::cheap().unwrap();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let turn = passwords.turn().await.unwrap();
        assert!(turn.verify("correct horse".into(), Some(hash.clone())).await);
        assert!(!turn.verify("battery staple".into(), Some(hash)).await);
        assert!(!turn.verify("correct horse".into(), None).await);
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_sent_away() {
        let passwords = Passwords::cheap().unwrap();
        let _everyone = passwords
            .waiting
            .clone()
            .try_acquire_many_owned(u32::try_from(WAITING_MAX).unwrap())
            .unwrap();
        assert_eq!(passwords.hash("correct horse".into()).await, Err(Busy));
    }
}
