//! Guests.

use super::{Resources, store_failed};
use app::api::ApiError;
use app::api::guest::GuestService;
use app::api::service::Caller;
use async_trait::async_trait;
use domain::guest::GuestProfile;
use domain::{GuestId, Rule};

#[async_trait]
impl GuestService for Resources {
    async fn profile(&self, caller: &Caller, guest: GuestId) -> Result<GuestProfile, ApiError> {
        if !self.may_know(caller, guest).await? {
            return Err(ApiError::not_found("guest"));
        }
        let profile = self.store.guest_profile(guest).await.map_err(store_failed)?;
        profile.ok_or_else(|| ApiError::not_found("guest"))
    }
}

impl Resources {
    /// Who may read a guest's latest conversation may know the guest; one without conversations is known to those only
    /// who may read all of them.
    async fn may_know(&self, caller: &Caller, guest: GuestId) -> Result<bool, ApiError> {
        if caller.me.may(Rule::ConversationView) {
            return Ok(true);
        }
        match self.store.latest_conversation_of(guest).await.map_err(store_failed)? {
            Some((placement, _)) => self.may_read(caller, &placement).await,
            None => Ok(false),
        }
    }
}
