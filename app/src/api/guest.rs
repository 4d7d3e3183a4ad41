//! Guests: what is known of a visitor.

use super::ApiError;
use super::json::Json;
use domain::GuestId;
use domain::guest::GuestProfile;
use leptos::prelude::server;

/// What is known of a guest. Seen by whom a conversation of the guest may be read: otherwise `not_found`.
#[server(prefix = "/api/v1", endpoint = "guest/profile", protocol = Json)]
pub async fn profile(guest: GuestId) -> Result<GuestProfile, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?.guests.profile(&caller, guest).await
}

#[cfg(feature = "ssr")]
pub use on_server::GuestService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{ApiError, GuestId, GuestProfile, Profile};
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::Caller;
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![Endpoint::of::<Profile>(Access::AnyRule(&[
            Rule::ConversationServe,
            Rule::ConversationView,
        ]))]
    }

    /// Guests, as the server keeps them.
    #[async_trait::async_trait]
    pub trait GuestService: Send + Sync {
        async fn profile(&self, caller: &Caller, guest: GuestId) -> Result<GuestProfile, ApiError>;
    }
}
