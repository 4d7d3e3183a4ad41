//! One server to a database.
//!
//! Two servers on one database would both hand out tickets and seats. Their guarded writes would keep the data whole,
//! but guests would be pushed about. The command line's other subcommands work beside a server and take no lock.

use crate::access::{is_there, unreadable, unwritable};
use crate::open::{inspect_sqlite, make_folder};
use crate::postgres::{self, server_name};
use crate::{StoreConfig, StoreError, remnant};
use sqlx::PgConnection;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// "seatline" in ASCII: the key of the advisory lock in PostgreSQL, which keeps one set of them per database.
const ADVISORY_KEY: i64 = 0x7365_6174_6c69_6e65;

/// Whether that lock is held: by anybody, or by the session that asks.
const HELD: &str = "SELECT EXISTS (SELECT 1 FROM pg_locks
                        WHERE locktype = 'advisory' AND granted
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                            AND (CAST(classid AS BIGINT) << 32) + CAST(objid AS BIGINT) = $1
                            AND ($2 OR pid = pg_backend_pid()))";

/// PostgreSQL notices only after a moment that a server which was killed is gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between looks whether it is still held.
const LOOK: Duration = Duration::from_secs(2);

/// How long PostgreSQL may take to say that it is.
const ANSWER: Duration = Duration::from_secs(5);

/// How long somebody may take who looks whether a file's lock is held.
const GLANCE: Duration = Duration::from_millis(100);

/// Held for the life of a server; given up when dropped, and by the operating system when the process ends.
#[derive(Debug)]
pub struct ServeLock(Held);

#[derive(Debug)]
enum Held {
    File { file: File, database: PathBuf },
    Advisory(AdvisoryLock),
}

/// The advisory lock, which PostgreSQL forgets when this connection ends.
#[derive(Debug)]
struct AdvisoryLock {
    url: String,
    conn: PgConnection,
    /// Its process over there, and when that began, in microseconds: numbers of processes come again.
    process: (i32, i64),
}

impl ServeLock {
    /// Takes the lock of that database before it is opened: of `<path>.lock` for SQLite, an advisory one of the
    /// database itself for PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another server has it, or the errors of opening.
    pub async fn take(config: &StoreConfig) -> Result<Self, StoreError> {
        Self::take_within(config, PATIENCE).await
    }

    /// The same, with another patience than 5 s towards PostgreSQL. A file's lock is given up the moment its holder ends,
    /// and so is not waited for.
    pub async fn take_within(config: &StoreConfig, patience: Duration) -> Result<Self, StoreError> {
        let held = match config {
            StoreConfig::Sqlite { path, .. } => Held::File {
                file: lock_file(path).await?,
                database: path.clone(),
            },
            StoreConfig::Postgres { url, .. } => Held::Advisory(AdvisoryLock::take(url, patience).await?),
        };
        Ok(Self(held))
    }

    /// Notes that there is a database now, so that none is made in its place once it is gone. To be called when it is open.
    ///
    /// # Errors
    /// The lock's file cannot be written.
    pub fn mark(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Held::File { file, database } => remnant::mark(database, file),
            Held::Advisory(_) => Ok(()),
        }
    }

    /// Keeps the lock, and comes back once that is impossible, since another server has it. A PostgreSQL that restarts has
    /// forgotten it, and a connection can break or fall silent: then it is taken again as soon as the database is there. A
    /// file's lock stays for good.
    pub async fn keep(&mut self) -> StoreError {
        let Held::Advisory(lock) = &mut self.0 else {
            return std::future::pending().await;
        };
        loop {
            sleep(LOOK).await;
            if lock.is_kept().await {
                continue;
            }
            match lock.take_again().await {
                Ok(()) => tracing::info!("the lock of the database is taken again"),
                Err(error @ StoreError::InUse { .. }) => return error,
                Err(error) => tracing::warn!(%error, "the lock of the database cannot be taken again yet"),
            }
        }
    }

    /// Whether a server serves that database at this moment. Neither makes nor takes anything.
    ///
    /// # Errors
    /// Nobody can tell: the lock cannot be read, or PostgreSQL does not answer.
    pub async fn is_held(config: &StoreConfig) -> Result<bool, StoreError> {
        match config {
            StoreConfig::Sqlite { path, .. } => file_is_held(path),
            StoreConfig::Postgres { url, .. } => database_is_held(url).await,
        }
    }
}

pub(crate) fn lock_path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

async fn lock_file(database: &Path) -> Result<File, StoreError> {
    let path = lock_path(database);
    if !is_there(&path)? {
        // No server has ever served this: if it is nothing that one could serve, no lock is left beside it.
        inspect_sqlite(database).await?;
        make_folder(database)?;
    }
    let unwritable = |error: std::io::Error| unwritable(&path, &error);
    // Never removed: a third process could lock the removed file's successor while the second still holds the old one.
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(unwritable)?;
    let deadline = Instant::now() + GLANCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // Somebody may only be looking whether it is held.
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(GLANCE / 5).await,
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse {
                    database: format!("the database file {}", database.display()),
                });
            }
            Err(TryLockError::Error(why)) => return Err(unwritable(why)),
        }
    }
}

/// Whether a server holds the file's lock. One that nobody has made is held by nobody.
fn file_is_held(database: &Path) -> Result<bool, StoreError> {
    let path = lock_path(database);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unreadable(&path, &error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(unwritable(&path, &error)),
    }
}

async fn database_is_held(url: &str) -> Result<bool, StoreError> {
    let (_, mut conn) = postgres::connect(url).await?;
    let held = sqlx::query_scalar(HELD).bind(ADVISORY_KEY).bind(true);
    Ok(held.fetch_one(&mut conn).await?)
}

impl AdvisoryLock {
    async fn take(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let (options, mut conn) = postgres::connect_to_write(url).await?;
        let deadline = Instant::now() + patience;
        let sql = "SELECT pg_try_advisory_lock($1), pid, CAST(EXTRACT(EPOCH FROM backend_start) * 1000000 AS BIGINT)
                   FROM pg_stat_activity WHERE pid = pg_backend_pid()";
        loop {
            let (taken, pid, began): (bool, i32, i64) =
                sqlx::query_as(sql).bind(ADVISORY_KEY).fetch_one(&mut conn).await?;
            if taken {
                let (url, process) = (url.to_owned(), (pid, began));
                return Ok(Self { url, conn, process });
            }
            if Instant::now() >= deadline {
                return Err(StoreError::InUse {
                    database: format!("the database at {}", server_name(&options)),
                });
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Whether the session of this connection holds it: not if that is gone, nor if a pooler has given it to others.
    async fn is_kept(&mut self) -> bool {
        let held = sqlx::query_scalar(HELD).bind(ADVISORY_KEY).bind(false);
        matches!(timeout(ANSWER, held.fetch_one(&mut self.conn)).await, Ok(Ok(true)))
    }

    async fn take_again(&mut self) -> Result<(), StoreError> {
        let (options, mut conn) = postgres::connect(&self.url).await?;
        // Behind such a pooler the session may be somebody else's by now.
        postgres::refuse_shared(&options, &mut conn).await?;
        // Where the connection broke and PostgreSQL has not noticed, it would keep the lock for the one that is no more.
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE pid = $1 AND CAST(EXTRACT(EPOCH FROM backend_start) * 1000000 AS BIGINT) = $2";
        let (pid, began) = self.process;
        sqlx::query(sql).bind(pid).bind(began).execute(&mut conn).await?;
        *self = Self::take(&self.url, PATIENCE).await?;
        Ok(())
    }
}
