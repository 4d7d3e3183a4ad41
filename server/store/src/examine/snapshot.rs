//! A database as it is at one moment, to read and nothing else.

use crate::access::{is_there, unreadable};
use crate::db::Run;
use crate::open::{BUSY, in_file, log_of, unopened};
use crate::postgres;
use crate::{StoreConfig, StoreError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A connection within a transaction that reads.
pub(crate) enum Snapshot {
    Sqlite {
        conn: SqliteConnection,
        /// A file that nobody had open, and what it looked like: it is read without locks, so it must not change.
        still: Option<Still>,
    },
    Postgres(PgConnection),
}

pub(crate) struct Still {
    path: PathBuf,
    seen: Option<Looks>,
}

/// What changes when a database file does.
#[derive(PartialEq, Eq)]
struct Looks {
    bytes: u64,
    modified: Option<SystemTime>,
    has_log: bool,
}

impl Looks {
    fn of(path: &Path) -> Option<Self> {
        let file = std::fs::metadata(path).ok()?;
        Some(Self {
            bytes: file.len(),
            modified: file.modified().ok(),
            has_log: log_of(path).exists(),
        })
    }
}

impl Snapshot {
    pub(crate) async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        match config {
            StoreConfig::Sqlite { path, .. } => open_file(path).await,
            StoreConfig::Postgres { url, .. } => {
                let (options, mut conn) = postgres::connect(url).await?;
                // It could be read like this, but no server would start.
                postgres::refuse_shared(&options, &mut conn).await?;
                conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                Ok(Self::Postgres(conn))
            }
        }
    }

    pub(crate) fn run(&mut self) -> Run<'_> {
        match self {
            Self::Sqlite { conn, .. } => Run::Sqlite(conn),
            Self::Postgres(conn) => Run::Postgres(conn),
        }
    }

    /// Lets go of the database. False if what was read must not be believed, because the file changed meanwhile.
    pub(crate) async fn close(self) -> bool {
        let (closed, still) = match self {
            Self::Sqlite { conn, still } => (conn.close().await, still),
            Self::Postgres(conn) => (conn.close().await, None),
        };
        if let Err(error) = closed {
            tracing::debug!(%error, "a connection was not closed well");
        }
        still.is_none_or(|still| Looks::of(&still.path) == still.seen)
    }
}

async fn open_file(path: &Path) -> Result<Snapshot, StoreError> {
    if !is_there(path)? {
        return Err(StoreError::Absent { path: path.to_owned() });
    }
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(StoreError::NotSeatline { path: path.to_owned() });
    }
    // Without a log beside it nobody has it open, and it can be read where no log can be made: from a folder, or a disk,
    // that is not ours to write to.
    let seen = Looks::of(path);
    let in_use = seen.as_ref().is_some_and(|looks| looks.has_log);
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(!in_use)
        .busy_timeout(BUSY);
    let mut conn = options.connect().await.map_err(|error| unopened(path, error))?;
    let begun = conn.execute("BEGIN").await;
    begun.map_err(|error| in_file(path, error.into()))?;
    let still = (!in_use).then(|| Still {
        path: path.to_owned(),
        seen,
    });
    Ok(Snapshot::Sqlite { conn, still })
}
