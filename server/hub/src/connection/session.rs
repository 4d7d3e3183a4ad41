//! Sockets of members live no longer than their sessions.

use super::follow::failed;
use super::wire::End;
use crate::command::SessionHash;
use crate::handle::Hub;
use domain::member::Me;
use domain::{MemberId, Timestamp};
use protocol::CloseCode;

/// How often a connected session is checked and kept from going idle.
const SESSION_CHECK_MS: i64 = 60_000;

/// A member with a good session.
#[derive(Clone, Debug)]
pub struct DeskVisitor {
    pub me: Me,
    pub session: SessionHash,
    /// When the session ends, whatever happens.
    pub expires_at: Timestamp,
}

/// Sees to it that a socket does not outlive its session, and that the session of a working desk does not go idle.
pub(super) struct SessionCheck {
    visitor: DeskVisitor,
    checked: Timestamp,
}

impl SessionCheck {
    pub(super) fn new(hub: &Hub, visitor: DeskVisitor) -> Self {
        Self {
            checked: hub.clock().wall(),
            visitor,
        }
    }

    pub(super) const fn member(&self) -> MemberId {
        self.visitor.me.id
    }

    /// To be called now and then.
    pub(super) async fn check(&mut self, hub: &Hub) -> Result<(), End> {
        let now = hub.clock().wall();
        if now >= self.visitor.expires_at {
            return Err(End::Close(CloseCode::Unauthorized));
        }
        if now.ms_since(self.checked).abs() < SESSION_CHECK_MS {
            return Ok(());
        }
        self.checked = now;
        let session = self.visitor.session;
        if hub.store().session(&session).await.map_err(failed)?.is_none() {
            return Err(End::Close(CloseCode::Unauthorized));
        }
        hub.store().touch_session(&session, now).await.map_err(failed)
    }
}
