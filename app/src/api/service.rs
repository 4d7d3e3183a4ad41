//! What the server functions call: one trait per resource, implemented by the server and handed in by context.
//!
//! The services are asked only by callers who passed [`super::access`]. What they add is what only the data can tell,
//! such as whether this conversation is one of the caller's member groups.

use super::auth_group::AuthGroupService;
use super::conversation::ConversationService;
use super::error::ApiError;
use super::guest::GuestService;
use super::member::MemberService;
use super::member_group::MemberGroupService;
use super::session::SessionService;
use super::site::SiteService;
use domain::Timestamp;
use domain::member::Me;
use leptos::prelude::use_context;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// All services. Cheap to clone.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "nothing to see: services are handles")]
pub struct Services {
    pub sessions: Arc<dyn SessionService>,
    pub members: Arc<dyn MemberService>,
    pub member_groups: Arc<dyn MemberGroupService>,
    pub auth_groups: Arc<dyn AuthGroupService>,
    pub conversations: Arc<dyn ConversationService>,
    pub guests: Arc<dyn GuestService>,
    pub sites: Arc<dyn SiteService>,
}

/// The member who asks.
#[derive(Clone, Debug)]
pub struct Caller {
    pub me: Arc<Me>,
    pub session: SessionHash,
    /// When the session ends, however much it is used.
    pub session_ends_at: Timestamp,
}

/// What a session is known by on the server: the SHA-256 hash of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionHash(pub [u8; 32]);

/// Where the question comes from, and what the answer does to the session that the client holds.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `None` if a proxy that is trusted did not tell.
    pub address: Option<IpAddr>,
    /// The address is that of a proxy, with everybody behind it.
    pub address_is_shared: bool,
    pub user_agent: String,
    change: Arc<Mutex<Option<SessionChange>>>,
}

/// What becomes of the session token that the client holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// Hold this one from now on.
    Hold(String),
    /// Forget it.
    Forget,
}

impl Request {
    pub fn new(address: Option<IpAddr>, address_is_shared: bool, user_agent: String) -> Self {
        Self {
            address,
            address_is_shared,
            user_agent,
            change: Arc::default(),
        }
    }

    /// Has the answer change the client's session token.
    pub fn change_session(&self, change: SessionChange) {
        *self.change.lock().unwrap_or_else(PoisonError::into_inner) = Some(change);
    }

    /// What was asked for with [`Request::change_session`], once.
    pub fn take_change(&self) -> Option<SessionChange> {
        self.change.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// # Errors
/// [`super::ErrorCode::Internal`] if the server handed in none.
pub(super) fn services() -> Result<Services, ApiError> {
    use_context().ok_or_else(ApiError::internal)
}

/// # Errors
/// [`super::ErrorCode::Unauthorized`] if nobody is logged in.
pub(super) fn caller() -> Result<Caller, ApiError> {
    use_context().ok_or_else(ApiError::unauthorized)
}

/// # Errors
/// [`super::ErrorCode::Internal`] if the server handed in none.
pub(super) fn request() -> Result<Request, ApiError> {
    use_context().ok_or_else(ApiError::internal)
}
