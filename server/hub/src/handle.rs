//! The handle that the rest of the server holds.

use crate::core::{Core, Work, load};
use crate::meters::Meters;
use connection::{Bus, Clock, Gateway, Limits, Parts, Request};
use domain::{GroupId, MemberId, Rule, Timestamp};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use identity::Guests;
use prometheus_client::registry::Registry;
use protocol::CloseCode;
use room::Visit;
use room::command::{Command, SessionHash};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

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
    gateway: Gateway,
    work: mpsc::Sender<Work>,
    healthy: watch::Receiver<bool>,
    connection_meters: connection::Meters,
    meters: Meters,
}

/// The bus of a single node: the task is in the same process.
#[derive(Debug)]
struct Channel(mpsc::Sender<Work>);

impl Bus for Channel {
    fn send(&self, request: Request) -> BoxFuture<'_, ()> {
        hand_over(&self.0, Work::Request(request)).boxed()
    }

    fn closed(&self) -> BoxFuture<'_, ()> {
        self.0.closed().boxed()
    }
}

/// After a drain there is nobody to take it, and nothing left to do.
async fn hand_over(to: &mpsc::Sender<Work>, work: Work) {
    if to.send(work).await.is_err() {
        tracing::debug!("the hub has stopped");
    }
}

impl Hub {
    /// Loads the room from the store and starts serving it. What is to be known of visits goes to `visits`, which may
    /// be slow: the hub never waits for it.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn start(store: Store, settings: HubSettings, visits: mpsc::Sender<Visit>) -> Result<Self, StoreError> {
        let clock = Clock::new(settings.wall_clock);
        let room = load(&store, &settings, clock).await?;
        let (work, receiver) = mpsc::channel(REQUEST_QUEUE);
        let (health, healthy) = watch::channel(true);
        let (connection_meters, meters) = (connection::Meters::default(), Meters::default());
        let gateway = Gateway::new(Parts {
            bus: Box::new(Channel(work.clone())),
            store: store.clone(),
            clock,
            guests: settings.guests.clone(),
            limits: settings.limits,
            meters: connection_meters.clone(),
        });
        let core = Core {
            meters: meters.clone(),
            connection_meters: connection_meters.clone(),
            store,
            settings,
            clock,
            work: receiver,
            visits,
            healthy: health,
        };
        tokio::spawn(core.run(room));
        let shared = Shared {
            gateway,
            work,
            healthy,
            connection_meters,
            meters,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Serves sockets and forms.
    pub fn gateway(&self) -> &Gateway {
        &self.shared.gateway
    }

    /// Whether guests and agents are being served: false while the store fails, and after [`Hub::drain`].
    pub fn healthy(&self) -> bool {
        *self.shared.healthy.borrow() && !self.shared.work.is_closed()
    }

    /// A member's name, seats, groups or right to serve changed in the store.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn member_changed(&self, member: MemberId) -> Result<(), StoreError> {
        self.gateway().member_changed(member).await
    }

    /// A member group is new, or its name or rules changed in the store.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn group_changed(&self, group: GroupId) -> Result<(), StoreError> {
        let store = self.gateway().store();
        let spec = store.group(group).await?;
        let name = store.group_names().await?.into_iter().find(|(id, _)| *id == group);
        if let (Some(group), Some((_, name))) = (spec, name) {
            self.gateway().send(Command::GroupChanged { group, name }).await;
        }
        Ok(())
    }

    /// A member has other rules than before. What is open under the old ones comes back under the new, or stays away.
    pub async fn rules_changed(&self, member: MemberId, rules: Vec<Rule>) {
        self.gateway().send(Command::RulesChanged { member, rules }).await;
    }

    /// Closes the sockets of a member, or of one of their sessions only.
    pub async fn disconnect(&self, member: MemberId, session: Option<SessionHash>, code: CloseCode) {
        self.gateway().send(Command::Disconnect { member, session, code }).await;
    }

    /// Publishes what is stored, tells every connection to come back, and waits until they are closed, at most for
    /// `patience`. Afterwards the hub is of no more use.
    pub async fn drain(&self, patience: Duration) {
        let (done, drained) = oneshot::channel();
        hand_over(&self.shared.work, Work::Drain { done }).await;
        let (began, publishing) = (Instant::now(), tokio::time::timeout(patience, drained));
        // A closed channel means the hub has stopped before: then there is nothing to publish.
        if publishing.await.is_err() {
            tracing::warn!("what is stored was not published in time");
        }
        self.gateway()
            .all_closed(patience.saturating_sub(began.elapsed()))
            .await;
    }

    /// Adds what the hub counts to what can be scraped.
    pub fn register(&self, registry: &mut Registry) {
        self.shared.connection_meters.register(registry);
        self.shared.meters.register(registry);
    }

    /// Brings up to date what is measured and not counted: lines, seats, agents. If the hub does not answer within
    /// `patience`, they are told as nothing, and the hub as not healthy.
    pub async fn measure(&self, patience: Duration) {
        let (reply, answer) = oneshot::channel();
        let ask = async {
            hand_over(&self.shared.work, Work::Measure { reply }).await;
            answer.await.ok()
        };
        let measures = tokio::time::timeout(patience, ask).await.ok().flatten();
        let healthy = self.healthy() && measures.is_some();
        self.shared.meters.set(healthy, measures);
    }
}
