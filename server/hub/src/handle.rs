//! The handle that the rest of the server holds.

use crate::clock::Clock;
use crate::core::{Core, load};
use crate::limits::Limits;
use crate::meters::Meters;
use crate::request::{Answer, Request};
use domain::{GroupId, MemberId, Rule, Timestamp};
use identity::Guests;
use prometheus_client::registry::Registry;
use protocol::CloseCode;
use room::Visit;
use room::command::{Command, ConnectionId, SessionHash};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::task::TaskTracker;

/// Requests that may wait for the hub's task; who sends more waits.
const REQUEST_QUEUE: usize = 4_096;

/// What the hub is started with.
#[derive(Clone, Debug)]
pub struct HubSettings {
    pub dispatch: dispatch::Settings,
    pub limits: Limits,
    pub guests: Guests,
    /// Reads the machine's clock.
    pub wall_clock: fn() -> Timestamp,
}

/// The hub. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    requests: mpsc::Sender<Request>,
    clock: Clock,
    guests: Guests,
    limits: Limits,
    healthy: watch::Receiver<bool>,
    connections: TaskTracker,
    next_connection: AtomicU64,
    meters: Meters,
}

impl Hub {
    /// Loads the room from the store and starts serving it. What is to be known of visits goes to `visits`, which may
    /// be slow: the hub never waits for it.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn start(store: Store, settings: HubSettings, visits: mpsc::Sender<Visit>) -> Result<Self, StoreError> {
        let clock = Clock::new(settings.wall_clock);
        let (guests, limits) = (settings.guests.clone(), settings.limits);
        let room = load(&store, &settings, clock).await?;
        let (requests, receiver) = mpsc::channel(REQUEST_QUEUE);
        let (health, healthy) = watch::channel(true);
        let meters = Meters::default();
        let core = Core {
            meters: meters.clone(),
            store: store.clone(),
            settings,
            clock,
            requests: receiver,
            visits,
            healthy: health,
        };
        tokio::spawn(core.run(room));
        let shared = Shared {
            store,
            requests,
            clock,
            guests,
            limits,
            healthy,
            connections: TaskTracker::new(),
            next_connection: AtomicU64::new(1),
            meters,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Whether guests and agents are being served: false while the store fails, and after [`Hub::drain`].
    pub fn healthy(&self) -> bool {
        *self.shared.healthy.borrow() && !self.shared.requests.is_closed()
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

    /// A member group is new, or its name or rules changed in the store.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn group_changed(&self, group: GroupId) -> Result<(), StoreError> {
        let spec = self.store().group(group).await?;
        let name = self
            .store()
            .group_names()
            .await?
            .into_iter()
            .find(|(id, _)| *id == group);
        if let (Some(group), Some((_, name))) = (spec, name) {
            self.send(Command::GroupChanged { group, name }).await;
        }
        Ok(())
    }

    /// A member has other rules than before. What is open under the old ones comes back under the new, or stays away.
    pub async fn rules_changed(&self, member: MemberId, rules: Vec<Rule>) {
        self.send(Command::RulesChanged { member, rules }).await;
    }

    /// Closes the sockets of a member, or of one of their sessions only.
    pub async fn disconnect(&self, member: MemberId, session: Option<SessionHash>, code: CloseCode) {
        self.send(Command::Disconnect { member, session, code }).await;
    }

    /// Publishes what is stored, tells every connection to come back, and waits until they are closed, at most for
    /// `patience`. Afterwards the hub is of no more use.
    pub async fn drain(&self, patience: Duration) {
        let (done, drained) = oneshot::channel();
        self.request(Request::Drain { done }).await;
        self.shared.connections.close();
        let all = async {
            // An error means the hub has stopped before: then there is nothing to publish.
            drop(drained.await);
            self.shared.connections.wait().await;
        };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!(
                left = self.shared.connections.len(),
                "not every connection was closed in time"
            );
        }
    }

    /// Adds what the hub counts to what can be scraped.
    pub fn register(&self, registry: &mut Registry) {
        self.shared.meters.register(registry);
    }

    /// Brings up to date what is measured and not counted: lines, seats, agents. If the hub does not answer within
    /// `patience`, they are told as nothing, and the hub as not healthy.
    pub async fn measure(&self, patience: Duration) {
        let (reply, answer) = oneshot::channel();
        let ask = async {
            self.request(Request::Measure { reply }).await;
            answer.await.ok()
        };
        let measures = tokio::time::timeout(patience, ask).await.ok().flatten();
        let healthy = self.healthy() && measures.is_some();
        self.shared.meters.set(healthy, measures);
    }

    pub(crate) fn meters(&self) -> &Meters {
        &self.shared.meters
    }

    pub(crate) fn store(&self) -> &Store {
        &self.shared.store
    }

    pub(crate) fn clock(&self) -> Clock {
        self.shared.clock
    }

    pub(crate) fn guests(&self) -> &Guests {
        &self.shared.guests
    }

    pub(crate) fn limits(&self) -> Limits {
        self.shared.limits
    }

    pub(crate) fn connections(&self) -> &TaskTracker {
        &self.shared.connections
    }

    pub(crate) fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.shared.next_connection.fetch_add(1, Ordering::Relaxed))
    }

    /// Resolves once the hub has stopped.
    pub(crate) async fn stopped(&self) {
        self.shared.requests.closed().await;
    }

    /// Hands a command to the room.
    pub(crate) async fn send(&self, command: Command) {
        self.request(Request::Room { command, answer: None }).await;
    }

    /// Hands a command to the room that somebody waits for.
    pub(crate) async fn ask(&self, command: Command, answer: Answer) {
        let answer = Some(answer);
        self.request(Request::Room { command, answer }).await;
    }

    /// After a drain there is nobody to take a request, and nothing left to do.
    async fn request(&self, request: Request) {
        if self.shared.requests.send(request).await.is_err() {
            tracing::debug!("the hub has stopped");
        }
    }
}
