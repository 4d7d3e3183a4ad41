//! Sockets of members live no longer than their sessions.

use super::follow::failed;
use super::wire::End;
use crate::command::SessionHash;
use crate::handle::Hub;
use domain::member::Me;
use domain::{MemberId, Timestamp};
use protocol::CloseCode;

/// How often a working session is checked. A session that another process ends, as the command line does, lives on for
/// no longer; one that this process ends is told to the hub at once.
const CHECK_EVERY_MS: i64 = 3_000;

/// How often a connected session is kept from going idle.
const TOUCH_EVERY_MS: i64 = 60_000;

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
    touched: Timestamp,
}

impl SessionCheck {
    pub(super) fn new(hub: &Hub, visitor: DeskVisitor) -> Self {
        let now = hub.clock().wall();
        Self {
            checked: now,
            touched: now,
            visitor,
        }
    }

    pub(super) const fn member(&self) -> MemberId {
        self.visitor.me.id
    }

    /// To be called at every heartbeat, and before a frame is acted on.
    pub(super) async fn check(&mut self, hub: &Hub) -> Result<(), End> {
        let now = hub.clock().wall();
        if now >= self.visitor.expires_at {
            return Err(End::Close(CloseCode::Unauthorized));
        }
        if now.ms_since(self.checked).abs() < CHECK_EVERY_MS {
            return Ok(());
        }
        self.checked = now;
        let session = self.visitor.session;
        if hub.store().session(&session).await.map_err(failed)?.is_none() {
            return Err(End::Close(CloseCode::Unauthorized));
        }
        if now.ms_since(self.touched).abs() < TOUCH_EVERY_MS {
            return Ok(());
        }
        self.touched = now;
        hub.store().touch_session(&session, now).await.map_err(failed)
    }
}
