//! The hub's one task: commands into the room, batches to the writer, effects after commit.

use crate::handle::HubSettings;
use crate::meters::Meters;
use crate::recalls::Recalls;
use connection::{Clock, ErrorKind, Registry, Request};
use dispatch::Dispatcher;
use protocol::CloseCode;
use room::effect::{Batch, Effect};
use room::{Loaded, Measures, Outcome, Room, Visit};
use std::collections::VecDeque;
use std::time::Duration;
use store::write::Write;
use store::{Store, StoreError, Writer};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

/// Batches that may wait for the writer.
const WRITER_QUEUE: usize = 4_096;

/// Requests taken into one batch, which is stored and carried out together.
const REQUESTS: usize = 64;

/// Pause between attempts to load the room after the store failed.
const RELOAD_EVERY: Duration = Duration::from_secs(1);

/// What the task is asked to do.
#[expect(
    clippy::large_enum_variant,
    reason = "requests are nearly all of it, and a box for each would cost more"
)]
#[derive(Debug)]
pub(crate) enum Work {
    Request(Request),
    /// Say what the room is like, for a scrape.
    Measure {
        reply: oneshot::Sender<Measures>,
    },
    /// Publish everything that is stored, close every connection as restarting, and stop.
    Drain {
        done: oneshot::Sender<()>,
    },
}

/// What the task needs for its life.
pub(crate) struct Core {
    pub(crate) meters: Meters,
    pub(crate) connection_meters: connection::Meters,
    pub(crate) store: Store,
    pub(crate) settings: HubSettings,
    pub(crate) clock: Clock,
    pub(crate) work: mpsc::Receiver<Work>,
    pub(crate) visits: mpsc::Sender<Visit>,
    /// Whether a room is loaded and its writer works.
    pub(crate) healthy: watch::Sender<bool>,
}

/// How a room's life ended.
enum End {
    /// Everything is published and every connection told to come back later.
    Drained,
    /// A write failed: what is in memory may not be in the store.
    Failed(StoreError),
    /// The writer is gone without a word, which only a panic explains.
    WriterGone,
}

impl Core {
    /// Serves until drained, from the room loaded first. After a failed write everyone is sent away to try again, and
    /// the room is loaded anew from the store.
    pub(crate) async fn run(mut self, mut room: Room) {
        loop {
            self.healthy.send_replace(true);
            match self.serve(room).await {
                End::Drained => return,
                End::Failed(error) => tracing::error!(%error, "the store failed; loading the room again"),
                End::WriterGone => tracing::error!("the writer is gone; loading the room again"),
            }
            self.healthy.send_replace(false);
            self.connection_meters.error(ErrorKind::StoreWrite);
            room = loop {
                tokio::time::sleep(RELOAD_EVERY).await;
                match load(&self.store, &self.settings, self.clock).await {
                    Ok(room) => break room,
                    Err(error) => {
                        self.connection_meters.error(ErrorKind::RoomLoad);
                        tracing::error!(%error, "the room could not be loaded");
                    }
                }
            };
        }
    }

    async fn serve(&mut self, mut room: Room) -> End {
        let (writer, mut committed) = Writer::start(&self.store, WRITER_QUEUE);
        let mut session = Session {
            writer,
            waiting: VecDeque::new(),
            registry: Registry::new(self.visits.clone(), self.connection_meters.clone()),
            meters: self.meters.clone(),
        };
        // What loading brought to light, such as seats of members who are no longer agents.
        session.take(Instant::now(), room.tick(self.clock.now()));
        let mut work = Vec::with_capacity(REQUESTS);
        let mut recalls = Recalls::new(self.store.clone(), self.clock);
        loop {
            recalls.ask(room.take_recalls());
            let next_tick = room.next_tick().map(|at| self.clock.instant(at));
            // Requests wait while the writer's queue is full, and so do, in the end, the sockets they come from.
            tokio::select! {
                biased;
                stored = committed.recv() => match stored {
                    Some(Ok(tokens)) => {
                        if session.publish(tokens) {
                            return End::Drained;
                        }
                        session.push_waiting();
                    }
                    Some(Err(error)) => {
                        session.registry.close_all(CloseCode::TryAgain);
                        return End::Failed(error);
                    }
                    None => {
                        session.registry.close_all(CloseCode::TryAgain);
                        return End::WriterGone;
                    }
                },
                // Before more requests, which may have to wait for the same.
                recalled = recalls.next(), if session.waiting.is_empty() => {
                    session.take(Instant::now(), room.recalled(self.clock.now(), recalled));
                },
                received = self.work.recv_many(&mut work, REQUESTS), if session.waiting.is_empty() => {
                    if received == 0 {
                        return End::Drained;
                    }
                    let (mut at, mut together) = (Instant::now(), Batch::default());
                    let mut drained = Vec::new();
                    for one in work.drain(..) {
                        match one {
                            Work::Request(Request { command, answer }) => {
                                if let Some(answer) = answer {
                                    session.registry.remember(answer);
                                }
                                let mut outcome = room.on(self.clock.now(), command);
                                at = session.meters.decided(at);
                                session.carry_out(outcome.instant);
                                together.append(&mut outcome.batch);
                            }
                            // Whoever asked may have lost patience.
                            Work::Measure { reply } => drop(reply.send(room.measure(self.clock.now()))),
                            Work::Drain { done } => drained.push(done),
                        }
                    }
                    session.queue(at, together, drained);
                },
                () = sleep_until(next_tick), if session.waiting.is_empty() => {
                    session.take(Instant::now(), room.tick(self.clock.now()));
                },
            }
        }
    }
}

/// One room's writer and those it tells.
struct Session {
    writer: Writer<Decided>,
    /// Batches the writer had no room for, in order.
    waiting: VecDeque<(Vec<Write>, Decided)>,
    registry: Registry,
    meters: Meters,
}

/// What is to be told once it is stored.
struct Decided {
    at: Instant,
    effects: Vec<Effect>,
    /// The last thing to be told, and whom to tell that it was.
    drained: Vec<oneshot::Sender<()>>,
}

impl Session {
    /// Sees to what was decided since `began`.
    fn take(&mut self, began: Instant, outcome: Outcome) {
        let at = self.meters.decided(began);
        self.carry_out(outcome.instant);
        self.queue(at, outcome.batch, Vec::new());
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.registry.carry_out(effect);
        }
    }

    /// Has the writer store what was decided at that moment.
    fn queue(&mut self, at: Instant, batch: Batch, drained: Vec<oneshot::Sender<()>>) {
        if !batch.is_empty() || !drained.is_empty() {
            let Batch { writes, effects } = batch;
            self.waiting.push_back((writes, Decided { at, effects, drained }));
            self.push_waiting();
        }
    }

    fn push_waiting(&mut self) {
        while let Some((writes, decided)) = self.waiting.pop_front() {
            if let Err(refused) = self.writer.try_push(writes, decided) {
                // Full: tried again after the next commit. Stopped: the error is on its way.
                self.waiting.push_front((refused.batch, refused.token));
                return;
            }
        }
    }

    /// Carries out what is now stored. True once drained.
    fn publish(&mut self, tokens: Vec<Decided>) -> bool {
        let (mut is_drained, now) = (false, Instant::now());
        for Decided { at, effects, drained } in tokens {
            self.meters.published(at, now);
            self.carry_out(effects);
            for done in drained {
                self.registry.close_all(CloseCode::Restarting);
                if done.send(()).is_err() {
                    tracing::debug!("nobody waits for the drain any more");
                }
                is_drained = true;
            }
        }
        is_drained
    }
}

async fn sleep_until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Loads the room from the store.
pub(crate) async fn load(store: &Store, settings: &HubSettings, clock: Clock) -> Result<Room, StoreError> {
    let rows = store.load_dispatch().await?;
    let services: Vec<_> = rows
        .service_times
        .into_iter()
        .flat_map(|(group, times)| times.into_iter().map(move |ms| (group, ms)))
        .collect();
    let now = clock.now();
    let dispatch = Dispatcher::restore(
        settings.dispatch,
        now.steady.0,
        rows.groups,
        rows.agents,
        rows.placements,
        &services,
    );
    let loaded = Loaded {
        dispatch,
        talks: store.load_talks().await?,
        names: store.member_names().await?.into_iter().collect(),
        groups: store.group_names().await?.into_iter().collect(),
        duty_since: store.duty_since().await?.into_iter().collect(),
    };
    // Loading may have taken long: the room's own time begins now.
    Ok(Room::new(clock.now(), seed(), settings.dispatch.absence_ms, loaded))
}

/// For ids that nobody can guess.
fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    let random = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
    seed.iter_mut()
        .zip(random.iter().flat_map(uuid::Uuid::as_bytes))
        .for_each(|(to, from)| *to = *from);
    seed
}
