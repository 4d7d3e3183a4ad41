//! Password hashes: Argon2id, off the async threads, a few at a time.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Those who may wait for a hash at a time; more are sent away rather than kept waiting for longer than they will.
const WAITING_MAX: usize = 64;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    argon: Argon2<'static>,
    /// One hash takes a processor and its share of memory for tens of milliseconds.
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// A hash that no password fits, with the same cost as any other.
    dummy: Arc<str>,
}

/// Too many are waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked at the moment")]
pub struct Busy;

/// The right to hash one password now. Whoever holds it decides alone with few others, which bounds how many attempts
/// can slip through between a look at the counters and their increase.
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
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let dummy = hash(&argon, &crate::random::password()).unwrap_or_default();
        Self {
            argon,
            running: Arc::new(Semaphore::new(cores.min(4))),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            dummy: dummy.into(),
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
        let hashed = tokio::task::spawn_blocking(move || hash(&self.passwords.argon, &password)).await;
        hashed.ok().flatten().ok_or(Busy)
    }

    /// Whether `password` is the one with that hash. Without a hash the answer is no, and takes as long.
    pub async fn verify(&self, password: String, hash: Option<String>) -> bool {
        let passwords = self.passwords.clone();
        let verified = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| passwords.dummy.as_ref().to_owned());
            let fits = PasswordHash::new(&hash)
                .and_then(|hash| passwords.argon.verify_password(password.as_bytes(), &hash))
                .is_ok();
            fits && known
        });
        verified.await.unwrap_or(false)
    }
}

fn hash(argon: &Argon2<'_>, password: &str) -> Option<String> {
    let salt = SaltString::encode_b64(&crate::random::bytes::<16>()).ok()?;
    argon
        .hash_password(password.as_bytes(), &salt)
        .ok()
        .map(|hash| hash.to_string())
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
