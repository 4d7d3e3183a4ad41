//! Opening a database: found, looked at, and only then written to.

use crate::access::{locked_out, unreadable, unwritable};
use crate::db::{Pools, Run};
use crate::error::{SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_READONLY, sqlite_code};
use crate::files::Files;
use crate::loss::Guard;
use crate::meters::Meters;
use crate::postgres::{self, CONNECT, POOLED, server_name};
use crate::{Store, StoreError, remnant};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor as _, SqliteConnection};
use std::collections::HashMap;
use std::fs::{Metadata, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a write waits for another process that writes to the same SQLite file.
pub(crate) const BUSY: Duration = Duration::from_secs(5);

/// The writer copies the log into the file once it has so many pages of 4 KiB (64 MiB): only if the task of
/// [`crate::checkpoint`] does not keep up, or does not run, as in the commands that write and end.
const CHECKPOINT_PAGES: &str = "16000";

/// What the connection that writes keeps of the file in memory, in KiB, once it has used so much of it: the pages at the
/// ends of some thousand conversations. With SQLite's own 2 MiB they were read again for every message.
const WRITER_CACHE: &str = "-16384";

/// A SQLite file up to this size is checked page by page at every start (some 0.1 s); of a larger one only the
/// structure that opening it reads.
const CHECKED_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Where the database is.
#[derive(Clone, Debug)]
pub enum StoreConfig {
    /// One file, made if there is none. `readers` connections read beside the one that writes.
    Sqlite { path: PathBuf, readers: u32 },
    /// `postgres://user:password@host:port/database`, with at most so many connections.
    Postgres { url: String, connections: u32 },
}

impl StoreConfig {
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self::Sqlite {
            path: path.into(),
            readers: 4,
        }
    }

    pub fn postgres(url: impl Into<String>) -> Self {
        Self::Postgres {
            url: url.into(),
            connections: POOLED,
        }
    }
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// One sentence each, see [`StoreError`]. A database that is refused as newer, altered, damaged or someone else's
    /// is not touched.
    pub async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        let (pools, guard) = match config {
            StoreConfig::Sqlite { path, readers } => open_sqlite(path, *readers).await?,
            StoreConfig::Postgres { url, connections } => open_postgres(url, *connections).await?,
        };
        let meters = Meters::default();
        let wanted = Arc::default();
        Ok(Self {
            pools,
            meters,
            guard,
            wanted,
        })
    }
}

async fn open_sqlite(path: &Path, readers: u32) -> Result<(Pools, Arc<Guard>), StoreError> {
    inspect_sqlite(path).await?;
    remnant::refuse_to_hide(path)?;
    let guard = Arc::new(Guard::sqlite(Files::of(path, &claim_file(path)?)));
    let noting = Arc::clone(&guard);
    let options = SqliteConnectOptions::new()
        .filename(path)
        // It was made above; a connection that is opened later must not make another one.
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged message survives loss of power: the log is synced at every commit.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // SQLite ends a transaction by itself when the disk fails or is full. The driver then believes that it still is
        // in one, cannot get out of it, and would refuse to begin another for ever.
        .before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
        .after_connect(move |conn, _| {
            let guard = Arc::clone(&noting);
            Box::pin(async move {
                // Reading is what makes SQLite open the log.
                conn.execute("SELECT COUNT(*) FROM sqlite_schema").await?;
                guard.files().inspect(|files| files.note_parts());
                Ok(())
            })
        })
        .acquire_timeout(CONNECT)
        .connect_with(
            options
                .clone()
                .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
                .pragma("cache_size", WRITER_CACHE),
        )
        .await
        .map_err(|error| unopened(path, error))?;
    migrate(&SQLITE, &write).await.map_err(|error| in_file(path, error))?;
    let read = SqlitePoolOptions::new()
        // All of them from now on: one that is opened after the files were taken away would find others, or make some.
        .max_connections(readers.max(1))
        .min_connections(readers.max(1))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(CONNECT)
        .connect_with(options.pragma("query_only", "ON"))
        .await
        .map_err(|error| unopened(path, error))?;
    // A log that a killed server left is folded in: from here on the index tells who writes into the file.
    write.execute("PRAGMA wal_checkpoint(PASSIVE)").await?;
    // If the file was exchanged between our look and SQLite's, it is noticed here.
    guard.confirm_closely()?;
    Ok((Pools::Sqlite { read, write }, guard))
}

/// Makes the folder and the file, readable by its owner alone, or finds out that it cannot be written. Which file it is.
fn claim_file(path: &Path) -> Result<Metadata, StoreError> {
    make_folder(path)?;
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).and_then(|file| file.metadata());
    file.map_err(|error| unwritable(path, &error))
}

/// Makes the folder that the file is to lie in.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    path.parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .map_err(|error| unwritable(path, &error))
}

/// SQLite's write-ahead log of that file, which is there while anybody has the file open.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// The file whose name is that of `path` and an ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Looks at an existing file, if there is one, and leaves no trace.
pub(crate) async fn inspect_sqlite(path: &Path) -> Result<(), StoreError> {
    inspect(path).await.map_err(|error| in_file(path, error))
}

async fn inspect(path: &Path) -> Result<(), StoreError> {
    let file = match std::fs::metadata(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return Err(unreadable(path, &error)),
        // Making it says what else is in the way.
        Err(_) => return Ok(()),
    };
    if let Err(error) = std::fs::File::open(path)
        && error.kind() == std::io::ErrorKind::PermissionDenied
    {
        return Err(unreadable(path, &error));
    }
    if file.is_dir() {
        return Err(unwritable(path, &std::io::ErrorKind::IsADirectory.into()));
    }
    let size = file.len();
    if size == 0 {
        return Ok(());
    }
    // Nobody has it open if there is no log beside it: then it can be read without one being made.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(!log_of(path).exists())
        .busy_timeout(BUSY);
    let mut conn = options.connect().await?;
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .fetch_all(&mut conn)
        .await?;
    if size <= CHECKED_BYTES_MAX {
        quick_check(path, &mut conn).await?;
    }
    if tables.iter().any(|table| table == "_sqlx_migrations") {
        let applied = sqlx::query_as(APPLIED).fetch_all(&mut conn).await?;
        known(&SQLITE, applied)?;
    } else if !tables.is_empty() {
        return Err(StoreError::NotSeatline { path: path.to_owned() });
    }
    Ok(conn.close().await?)
}

async fn quick_check(path: &Path, conn: &mut SqliteConnection) -> Result<(), StoreError> {
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(conn).await?;
    if found == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            path: path.to_owned(),
            // SQLite words it over several lines, under a heading of its own.
            why: found.lines().last().unwrap_or_default().to_owned(),
        })
    }
}

/// An error met on the way to an open file, in words for the person who starts Seatline.
pub(crate) fn unopened(path: &Path, error: sqlx::Error) -> StoreError {
    let why = match &error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    };
    if let Some(SQLITE_CANTOPEN | SQLITE_READONLY | SQLITE_IOERR) = sqlite_code(&error)
        && let Some(denied) = locked_out(path)
    {
        return denied;
    }
    let path = path.to_owned();
    match sqlite_code(&error) {
        Some(SQLITE_IOERR) if has_no_locks(&error) => {
            let why = "its file system has no locks, as some network file systems: put the data folder on a local one";
            let why = why.to_owned();
            StoreError::Unwritable { path, why }
        }
        Some(SQLITE_CORRUPT | SQLITE_NOTADB) => StoreError::Damaged { path, why },
        _ => StoreError::Unwritable { path, why },
    }
}

/// `SQLITE_IOERR_UNLOCK`, `_RDLOCK` or `_LOCK`.
fn has_no_locks(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else {
        return false;
    };
    error
        .code()
        .is_some_and(|code| ["2058", "2314", "3850"].contains(&code.as_ref()))
}

pub(crate) fn in_file(path: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::Database(error) | StoreError::Unavailable(error) => unopened(path, error),
        other => other,
    }
}

async fn open_postgres(url: &str, connections: u32) -> Result<(Pools, Arc<Guard>), StoreError> {
    // A connection of its own first: a pool would try again and again, and then say no more than "timed out".
    let (options, mut conn) = postgres::connect_to_write(url).await?;
    let migrated: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut conn)
        .await?;
    if migrated {
        let applied = sqlx::query_as(APPLIED).fetch_all(&mut conn).await?;
        known(&POSTGRES, applied)?;
    }
    conn.close().await?;
    let guard = Arc::new(Guard::postgres(server_name(&options)));
    let recognising = Arc::clone(&guard);
    let pool: PgPoolOptions = PoolOptions::new()
        .max_connections(connections.max(2))
        .after_connect(move |conn, _| {
            let guard = Arc::clone(&recognising);
            Box::pin(async move {
                let found = sqlx::query_as(Identity::SQL).fetch_one(conn).await?;
                guard
                    .recognise_again(found)
                    .map_err(|lost| sqlx::Error::Configuration(Box::new(lost)))
            })
        })
        .acquire_timeout(CONNECT);
    let pool = pool.connect_with(options.clone()).await?;
    let migrated = migrate(&POSTGRES, &pool).await;
    migrated.map_err(|error| postgres::not_allowed(&options, error))?;
    guard.recognise(sqlx::query_as(Identity::SQL).fetch_one(&pool).await?)?;
    Ok((Pools::Postgres(pool), guard))
}

/// What tells a database of PostgreSQL from another one that was made later under the same name: the numbers of the database
/// and of one of its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Identity {
    database: i64,
    /// `None`: it has no tables.
    message: Option<i64>,
}

impl Identity {
    pub(crate) const SQL: &'static str = "SELECT CAST(oid AS BIGINT) AS database,
        CAST(CAST(to_regclass('message') AS oid) AS BIGINT) AS message
        FROM pg_database WHERE datname = current_database()";
}

pub(crate) const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";

/// The migrations of this version for that engine.
pub(crate) const fn ours(engine: &Run<'_>) -> &'static Migrator {
    match engine {
        Run::Sqlite(_) => &SQLITE,
        Run::Postgres(_) => &POSTGRES,
    }
}

/// Whether every migration the database has seen is one of ours.
pub(crate) fn known(migrator: &Migrator, applied: Vec<(i64, Vec<u8>)>) -> Result<(), StoreError> {
    let ours: HashMap<i64, &[u8]> = migrator
        .iter()
        .map(|one| (one.version, one.checksum.as_ref()))
        .collect();
    for (version, checksum) in applied {
        match ours.get(&version) {
            None => return Err(StoreError::Newer { version }),
            Some(expected) if *expected != checksum => return Err(StoreError::Altered { version }),
            Some(_) => {}
        }
    }
    Ok(())
}

async fn migrate<DB>(migrator: &Migrator, pool: &sqlx::Pool<DB>) -> Result<(), StoreError>
where
    DB: sqlx::Database,
    DB::Connection: sqlx::migrate::Migrate,
{
    migrator.run(pool).await.map_err(|error| match error {
        // Somebody was quicker between our look and now.
        MigrateError::VersionMissing(version) => StoreError::Newer { version },
        MigrateError::VersionMismatch(version) => StoreError::Altered { version },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => StoreError::from(error),
        other => StoreError::Database(sqlx::Error::Migrate(Box::new(other))),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

    use super::*;
    use crate::StoreConfig;

    /// `FULL` syncs the log at every commit; `NORMAL` would lose acknowledged messages with the power.
    #[tokio::test]
    async fn the_connection_that_writes_syncs_every_commit() {
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig::sqlite(folder.path().join("seatline.db"));
        let store = Store::open(&config).await.unwrap();
        let Pools::Sqlite { write, .. } = &store.pools else {
            panic!("{config:?} is not SQLite");
        };
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(write).await.unwrap();
        let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(write)
            .await
            .unwrap();
        assert_eq!((synchronous, journal.as_str()), (2, "wal"));
        store.close().await;
    }
}
