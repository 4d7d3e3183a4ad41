//! Logging in, and changing passwords.

use super::{Attempt, Busy, People, SignedIn, Source, logins, store_failed};
use app::api::session::PASSWORD_CHARS_MAX;
use app::api::{ApiError, FieldProblem};
use domain::MemberId;
use store::StoreError;

/// What became of a password that was to be reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reset {
    Done(String),
    /// The member was changed since the version that was seen.
    Outdated,
    /// There is no such member.
    Missing,
}

impl From<Busy> for ApiError {
    fn from(_: Busy) -> Self {
        Self::unavailable()
    }
}

impl People {
    /// Begins a session for whom login and password fit. A login that does not exist, one that is disabled, and a wrong
    /// password are told apart neither by the answer nor by the time it takes.
    ///
    /// # Errors
    /// `unauthorized`, `throttled`, or what keeps the server from answering.
    pub async fn log_in(&self, from: Source, login: &str, password: String) -> Result<SignedIn, ApiError> {
        let typed = logins::typed(login);
        let attempt = Attempt { login: &typed, from };
        self.refuse_if_throttled(attempt).await?;
        let turn = self.passwords.turn().await?;
        // Again, now that only a few can have come this far at the same time.
        self.refuse_if_throttled(attempt).await?;

        let credentials = match self.store.credentials(&typed).await.map_err(store_failed)? {
            Some(found) => Some(found),
            // One from when logins could have anything in them.
            None => self.store.credentials(login.trim()).await.map_err(store_failed)?,
        };
        let enabled = credentials.filter(|found| !found.disabled && password.chars().count() <= PASSWORD_CHARS_MAX);
        let (member, hash) = enabled.map(|found| (found.member, found.password_hash)).unzip();
        let fits = turn
            .verify(password.chars().take(PASSWORD_CHARS_MAX).collect(), hash)
            .await;
        let Some(member) = member.filter(|_| fits) else {
            self.throttling
                .failed(attempt, self.clock.now())
                .await
                .map_err(store_failed)?;
            return Err(ApiError::wrong_login());
        };
        self.throttling.succeeded(attempt).await.map_err(store_failed)?;
        self.begin_session(member).await
    }

    async fn refuse_if_throttled(&self, attempt: Attempt<'_>) -> Result<(), ApiError> {
        let wait_ms = self
            .throttling
            .wait_ms(attempt, self.clock.now())
            .await
            .map_err(store_failed)?;
        if wait_ms <= 0 {
            return Ok(());
        }
        let seconds = wait_ms.saturating_add(999) / 1_000;
        Err(ApiError::throttled(u32::try_from(seconds).unwrap_or(u32::MAX)))
    }

    /// Gives a member the password `new` if `current` is theirs, ends all their sessions and begins a fresh one.
    /// Wrong guesses count as failed logins do.
    ///
    /// # Errors
    /// `invalid_input` on `current`, `throttled`, or what keeps the server from answering.
    pub async fn change_password(
        &self,
        from: Source,
        (member, login): (MemberId, &str),
        current: String,
        new: String,
    ) -> Result<SignedIn, ApiError> {
        let attempt = Attempt { login, from };
        self.refuse_if_throttled(attempt).await?;
        let turn = self.passwords.turn().await?;
        let hash = self.store.password_hash(member).await.map_err(store_failed)?;
        if !turn.verify(current, hash).await {
            self.throttling
                .failed(attempt, self.clock.now())
                .await
                .map_err(store_failed)?;
            return Err(ApiError::field("current", FieldProblem::Invalid));
        }
        let hash = turn.hash(new).await?;
        if !self
            .store
            .set_password(member, &hash, None)
            .await
            .map_err(store_failed)?
        {
            return Err(ApiError::unauthorized());
        }
        self.throttling.succeeded(attempt).await.map_err(store_failed)?;
        self.begin_session(member).await
    }

    /// Gives a member a random password, which ends all their sessions, if that version of them is the newest.
    ///
    /// # Errors
    /// What keeps the server from answering.
    pub async fn reset_password(&self, member: MemberId, version: i64) -> Result<Reset, ApiError> {
        let password = crate::random::password();
        let hash = self.passwords.hash(password.clone()).await?;
        match self.store.reset_password(member, Some(version), &hash).await {
            Ok(true) => Ok(Reset::Done(password)),
            Ok(false) => Ok(Reset::Missing),
            Err(StoreError::Outdated) => Ok(Reset::Outdated),
            Err(error) => Err(store_failed(error)),
        }
    }
}
