//! Copies of a SQLite database: made while it is in use, and put back.
//!
//! `VACUUM INTO` makes them: one statement that reads one snapshot, and keeps no writer waiting, however long it takes.
//! (SQLite's backup API begins again whenever another process writes, so that under load it never ends.) What it writes
//! is synced and looked at before it gets its name, so that a file of that name is always a whole backup.
//!
//! PostgreSQL has `pg_dump`, which does this better than we could.

use crate::access::{is_there, unwritable};
use crate::examine::{Examination, Finding, examine};
use crate::open::{BUSY, in_file, log_of, make_folder, unopened};
use crate::remnant::{free_name, remove_index, set_log_aside};
use crate::{ServeLock, StoreConfig, StoreError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database is on PostgreSQL, whose own pg_dump and pg_restore copy it, also while the server runs")]
    Postgres,
    #[error("{} is there already, and a backup overwrites nothing", .0.display())]
    FileExists(PathBuf),
    #[error("there is a database at {} already", .0.display())]
    DatabaseExists(PathBuf),
    #[error("{} is no backup that can be restored: {why}", path.display())]
    Unsound { path: PathBuf, why: String },
}

/// What [`restore`] did.
#[derive(Debug)]
pub struct Restored {
    /// The backup, as it is now the database.
    pub examination: Examination,
    /// Where the database is that it replaced, or what was left of it, if there was one.
    pub kept: Option<PathBuf>,
}

/// Copies the database into a new file, readable by its owner alone, also while a server writes to it: everything that was
/// committed before the call is in it. The file is there whole or not at all.
///
/// # Errors
/// There is no SQLite database, there is such a file already, or it cannot be written.
pub async fn backup(config: &StoreConfig, file: &Path) -> Result<Examination, BackupError> {
    let StoreConfig::Sqlite { path, .. } = config else {
        return Err(BackupError::Postgres);
    };
    if is_there(file)? {
        return Err(BackupError::FileExists(file.to_owned()));
    }
    let (copy, examination) = copied(path, file).await?;
    copy.persist_noclobber(file)
        .map_err(|failed| match failed.error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::FileExists(file.to_owned()),
            _ => unwritable(file, &failed.error).into(),
        })?;
    sync_folder(file)?;
    Ok(examination)
}

/// Puts a backup in the place of the database, which no server may serve meanwhile. A database that is there already is
/// kept under another name, or, without `replace`, left as it is.
///
/// # Errors
/// A server runs, there is a database already, or the file is not a sound database of this version or an earlier one. Then
/// nothing has changed.
pub async fn restore(config: &StoreConfig, file: &Path, replace: bool) -> Result<Restored, BackupError> {
    let StoreConfig::Sqlite { path, .. } = config else {
        return Err(BackupError::Postgres);
    };
    if is_there(path)? && !replace {
        return Err(BackupError::DatabaseExists(path.clone()));
    }
    if !is_there(file)? {
        return Err(StoreError::Absent { path: file.to_owned() }.into());
    }
    let _lock = ServeLock::take(config).await?;
    make_folder(path)?;
    // Copied as a backup is made, so that a log beside the file counts, too.
    let (copy, examination) = copied(file, path).await?;
    if let Some(why) = examination.findings.iter().find_map(unusable) {
        let path = file.to_owned();
        return Err(BackupError::Unsound { path, why });
    }
    // A log whose database is gone would be taken for that of the new one.
    let kept = if is_there(path)? {
        Some(set_aside(path)?)
    } else {
        set_log_aside(path)?
    };
    copy.persist(path).map_err(|failed| unwritable(path, &failed.error))?;
    sync_folder(path)?;
    Ok(Restored { examination, kept })
}

/// Why a server could not work on such a database. Other findings it can work with, and it may be all there is.
fn unusable(finding: &Finding) -> Option<String> {
    match finding {
        Finding::Damaged { why } => Some(format!("it is damaged: {why}")),
        Finding::SchemaNewer { version } => Some(format!("a newer version of Seatline made it (migration {version})")),
        Finding::SchemaAltered { version } => Some(format!("its migration {version} is not that of this version")),
        _ => None,
    }
}

/// The database `from` in a file beside `to` that has no lasting name yet: synced, and looked at.
async fn copied(from: &Path, to: &Path) -> Result<(NamedTempFile, Examination), BackupError> {
    let folder = match to.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let copy = tempfile::Builder::new()
        .prefix(".seatline-")
        .suffix(".partial")
        .tempfile_in(folder)
        .map_err(|error| unwritable(to, &error))?;
    vacuum_into(from, copy.path()).await?;
    copy.as_file().sync_all().map_err(|error| unwritable(to, &error))?;
    let examination = examine(&StoreConfig::sqlite(copy.path())).await?;
    Ok((copy, examination))
}

async fn vacuum_into(from: &Path, to: &Path) -> Result<(), StoreError> {
    if !is_there(from)? {
        return Err(StoreError::Absent { path: from.to_owned() });
    }
    let options = SqliteConnectOptions::new()
        .filename(from)
        .read_only(true)
        // As in an examination: without a log nobody has it open.
        .immutable(!log_of(from).exists())
        .busy_timeout(BUSY);
    let mut conn = options.connect().await.map_err(|error| unopened(from, error))?;
    let target = to.to_str().ok_or_else(|| {
        let why = "its name is not Unicode".to_owned();
        let path = to.to_owned();
        StoreError::Unwritable { path, why }
    })?;
    let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut conn).await;
    copied.map_err(|error| in_file(from, error.into()))?;
    Ok(conn.close().await?)
}

/// Keeps the database under another name, together with the log that a server leaves which was killed: where it is now.
///
/// Until the new file takes the name, the old one has both. Its log must lose its own before, since it would be read as
/// that of the new file.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let failed = |error: io::Error| unwritable(path, &error);
    let (kept, log) = (free_name(path, "replaced"), log_of(path));
    std::fs::hard_link(path, &kept).map_err(failed)?;
    if log.exists() {
        std::fs::hard_link(&log, log_of(&kept)).map_err(failed)?;
        sync_folder(path)?;
        std::fs::remove_file(&log).map_err(failed)?;
    }
    remove_index(path)?;
    Ok(kept)
}

/// Makes a name that was given to a file last.
pub(crate) fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| unwritable(file, &error))
}
