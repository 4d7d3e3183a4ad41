//! SQLite's write-ahead log is copied into the database file beside the writing, on a connection that only reads
//! otherwise: done by the writer, as SQLite does it by itself, every message that comes meanwhile waits for it.

use crate::db::Pools;
use crate::{Store, StoreError};
use sqlx::SqliteConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// How long what was written stays in the log alone.
const EVERY: Duration = Duration::from_millis(500);

/// It is copied earlier once there are so many writes: a few MiB.
const WRITES_MAX: usize = 4_000;

/// The log begins anew once it has so many pages of 4 KiB (16 MiB). A small log that is used again and again stays in the
/// system's memory.
const LOG_PAGES_MAX: i64 = 4_000;

/// Copies the log for as long as it is kept.
#[derive(Debug)]
pub(crate) struct Checkpoints {
    progress: Arc<Progress>,
    /// Ends the task when it is dropped.
    _task: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Progress {
    /// Writes since the log was last copied.
    writes: AtomicUsize,
    first: Notify,
    many: Notify,
}

impl Checkpoints {
    /// Starts the task; PostgreSQL has one of its own.
    pub(crate) fn start(store: &Store) -> Option<Self> {
        if matches!(store.pools, Pools::Postgres(_)) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        let mut task = JoinSet::new();
        task.spawn(run(store.clone(), Arc::clone(&progress)));
        Some(Self { progress, _task: task })
    }

    /// So many writes were committed.
    pub(crate) fn committed(&self, writes: usize) {
        let before = self.progress.writes.fetch_add(writes, Ordering::Relaxed);
        if before == 0 {
            self.progress.first.notify_one();
        }
        if before < WRITES_MAX && before + writes >= WRITES_MAX {
            self.progress.many.notify_one();
        }
    }
}

async fn run(store: Store, progress: Arc<Progress>) {
    loop {
        progress.first.notified().await;
        // Whether enough was written or enough time has passed.
        let _ = tokio::time::timeout(EVERY, progress.many.notified()).await;
        progress.writes.store(0, Ordering::Relaxed);
        // The writer meets the same trouble and says what follows from it; until then the log only grows.
        if let Err(error) = checkpoint(&store).await {
            tracing::warn!(%error, "the write-ahead log could not be copied into the database file");
        }
    }
}

async fn checkpoint(store: &Store) -> Result<(), StoreError> {
    let Pools::Sqlite { read, write } = &store.pools else {
        return Ok(());
    };
    // Not into a file that somebody else has written to; and what is written here is not taken for somebody else's.
    store.guard.confirm_closely()?;
    let log_pages = copy(&mut *read.acquire().await?).await?;
    if log_pages >= LOG_PAGES_MAX {
        // SQLite begins the log anew only when all of it is copied. So the rest, which was written meanwhile, is copied
        // while nobody writes.
        let _wanting = store.wanted.want();
        copy(&mut *write.acquire().await?).await?;
    }
    store.guard.confirm_closely()
}

/// Copies what no reader still needs from the log, without keeping anybody waiting; how many pages the log has.
async fn copy(conn: &mut SqliteConnection) -> Result<i64, StoreError> {
    let sql = "PRAGMA wal_checkpoint(PASSIVE)";
    let (_busy, pages, _copied): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(conn).await?;
    Ok(pages)
}
