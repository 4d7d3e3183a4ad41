//! Sockets of members live no longer than their sessions.

use super::follow::{failed, unreadable};
use super::wire::End;
use crate::gateway::Gateway;
use crate::outbox::Closer;
use domain::member::Me;
use domain::{Rule, Timestamp};
use protocol::CloseCode;
use room::command::SessionHash;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::task::AbortOnDropHandle;

/// How often a session is looked at. One that another process ends, as the command line does, has sockets for no longer;
/// of one that this process ends the hub is told at once.
const CHECK_EVERY: Duration = Duration::from_secs(3);

/// How often a connected session is kept from going idle.
const TOUCH_EVERY: Duration = Duration::from_mins(1);

/// A member with a good session.
#[derive(Clone, Debug)]
pub struct DeskVisitor {
    pub me: Me,
    pub session: SessionHash,
    /// When the session ends, whatever happens.
    pub expires_at: Timestamp,
}

/// Closes a socket when its session is over, and keeps the session of an open desk from going idle, for as long as this is
/// held.
pub(super) struct SessionWatch {
    _watching: AbortOnDropHandle<()>,
}

impl SessionWatch {
    /// Begins with a first look. To be called once the hub knows the connection: a session that ends later is the hub's to
    /// tell, and one that ended before is found out here.
    ///
    /// The same holds for rules: since the upgrade, `needed` may have been taken away.
    pub(super) async fn begin(
        gateway: &Gateway,
        visitor: &DeskVisitor,
        needed: Rule,
        closer: Closer,
    ) -> Result<Self, End> {
        let mut session = Watched {
            gateway: gateway.clone(),
            hash: visitor.session,
            expires_at: visitor.expires_at,
            next_touch: Instant::now() + TOUCH_EVERY,
        };
        session.check().await.map_err(End::Close)?;
        let me = gateway.store().me(visitor.me.id).await.map_err(failed)?;
        let rules = me.map(|me| me.rules).unwrap_or_default();
        if !rules.contains(&needed) {
            return Err(End::Close(CloseCode::Forbidden));
        }
        if rules != visitor.me.rules {
            return Err(End::Close(CloseCode::TryAgain));
        }
        let watching = tokio::spawn(async move {
            loop {
                sleep(CHECK_EVERY).await;
                if let Err(code) = session.check().await {
                    return closer.close(code);
                }
            }
        });
        Ok(Self {
            _watching: AbortOnDropHandle::new(watching),
        })
    }
}

struct Watched {
    gateway: Gateway,
    hash: SessionHash,
    expires_at: Timestamp,
    next_touch: Instant,
}

impl Watched {
    /// What to close the socket with, if its session is over.
    async fn check(&mut self) -> Result<(), CloseCode> {
        let (store, now) = (self.gateway.store(), self.gateway.clock().wall());
        let stored = store.session(&self.hash).await.map_err(unreadable)?;
        if stored.is_none() || now >= self.expires_at {
            return Err(CloseCode::Unauthorized);
        }
        if Instant::now() >= self.next_touch {
            self.next_touch = Instant::now() + TOUCH_EVERY;
            store.touch_session(&self.hash, now).await.map_err(unreadable)?;
        }
        Ok(())
    }
}
