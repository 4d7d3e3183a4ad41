//! Reading, beside the hub's task, which messages were sent before.

use connection::Clock;
use domain::Timestamp;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use identity::LIFETIME_MS;
use room::{Ids, Recalled};
use std::collections::VecDeque;
use std::time::Duration;
use store::{Store, StoreError};
use tokio::time::{sleep, timeout};

/// Read at once: after a start many may be asked for, and others want to read as well.
const AT_ONCE: usize = 4;

/// How long one may take, before it is tried again.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pause before what failed is tried again.
const AGAIN: Duration = Duration::from_secs(1);

pub(crate) struct Recalls {
    store: Store,
    clock: Clock,
    waiting: VecDeque<Ids>,
    reading: FuturesUnordered<BoxFuture<'static, Result<Recalled, Ids>>>,
}

impl Recalls {
    pub(crate) fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            waiting: VecDeque::new(),
            reading: FuturesUnordered::new(),
        }
    }

    pub(crate) fn ask(&mut self, wanted: Vec<Ids>) {
        self.waiting.extend(wanted);
        while self.reading.len() < AT_ONCE
            && let Some(ids) = self.waiting.pop_front()
        {
            self.reading
                .push(Box::pin(attempt(self.store.clone(), ids, self.clock.wall())));
        }
    }

    /// The next that has been read; waits for ever while there is none to read. One that could not be read is tried again
    /// behind the others: those who wait for it wait on, and nobody else has to notice. May be dropped half-way without
    /// losing anything.
    pub(crate) async fn next(&mut self) -> Recalled {
        loop {
            match self.reading.next().await {
                Some(Ok(recalled)) => return recalled,
                Some(Err(ids)) => self.ask(vec![ids]),
                None => std::future::pending().await,
            }
        }
    }
}

/// Reads once; comes back with the ids after a pause if that failed.
async fn attempt(store: Store, ids: Ids, now: Timestamp) -> Result<Recalled, Ids> {
    match timeout(PATIENCE, read(&store, ids, now)).await {
        Ok(Ok(recalled)) => return Ok(recalled),
        Ok(Err(error)) => tracing::warn!(%error, "sent messages could not be read; trying again"),
        Err(_) => tracing::warn!("sent messages could not be read in time; trying again"),
    }
    sleep(AGAIN).await;
    Err(ids)
}

async fn read(store: &Store, ids: Ids, now: Timestamp) -> Result<Recalled, StoreError> {
    Ok(match ids {
        Ids::Conversation(id) => Recalled::Conversation(id, store.message_ids(id).await?),
        // Who has not come back for so long to have a message acknowledged is somebody else now.
        Ids::Guest(id) => {
            let since = now.plus_ms(-LIFETIME_MS);
            Recalled::Guest(id, store.guest_message_ids(id, since).await?)
        }
    })
}
