//! What all connections share.

use crate::bus::Bus;
use crate::clock::Clock;
use crate::limits::Limits;
use crate::meters::Meters;
use crate::request::{Answer, Request};
use domain::MemberId;
use identity::Guests;
use room::command::{Command, ConnectionId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Store, StoreError};
use tokio_util::task::TaskTracker;

/// Serves sockets, and what guests ask over HTTP instead. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Gateway {
    shared: Arc<Shared>,
}

/// What a gateway is made of.
#[derive(Debug)]
pub struct Parts {
    pub bus: Box<dyn Bus>,
    pub store: Store,
    pub clock: Clock,
    pub guests: Guests,
    pub limits: Limits,
    pub meters: Meters,
}

#[derive(Debug)]
struct Shared {
    parts: Parts,
    open: TaskTracker,
    next_connection: AtomicU64,
}

impl Gateway {
    pub fn new(parts: Parts) -> Self {
        Self {
            shared: Arc::new(Shared {
                parts,
                open: TaskTracker::new(),
                next_connection: AtomicU64::new(1),
            }),
        }
    }

    /// A member's name, seats, groups or right to serve changed in the store.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn member_changed(&self, member: MemberId) -> Result<(), StoreError> {
        let agent = self.store().agent(member).await?;
        let name = self.store().member_name(member).await?.unwrap_or_default();
        self.send(Command::MemberChanged { member, name, agent }).await;
        Ok(())
    }

    /// Waits until every connection has ended, at most for `patience`. To be called once they were told to.
    pub async fn all_closed(&self, patience: Duration) {
        self.shared.open.close();
        if tokio::time::timeout(patience, self.shared.open.wait()).await.is_err() {
            tracing::warn!(left = self.shared.open.len(), "not every connection was closed in time");
        }
    }

    /// Hands a command to the room.
    pub async fn send(&self, command: Command) {
        let request = Request { command, answer: None };
        self.shared.parts.bus.send(request).await;
    }

    /// Hands a command to the room that somebody waits for.
    pub(crate) async fn ask(&self, command: Command, answer: Answer) {
        let answer = Some(answer);
        self.shared.parts.bus.send(Request { command, answer }).await;
    }

    /// Resolves once nobody serves the room any more.
    pub(crate) async fn stopped(&self) {
        self.shared.parts.bus.closed().await;
    }

    pub fn store(&self) -> &Store {
        &self.shared.parts.store
    }

    pub(crate) fn clock(&self) -> Clock {
        self.shared.parts.clock
    }

    pub(crate) fn guests(&self) -> &Guests {
        &self.shared.parts.guests
    }

    pub(crate) fn limits(&self) -> Limits {
        self.shared.parts.limits
    }

    pub(crate) fn meters(&self) -> &Meters {
        &self.shared.parts.meters
    }

    pub(crate) fn open(&self) -> &TaskTracker {
        &self.shared.open
    }

    pub(crate) fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.shared.next_connection.fetch_add(1, Ordering::Relaxed))
    }
}
