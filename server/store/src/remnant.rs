//! What is left of a SQLite database whose file is gone, and what keeps a start from hiding that behind a new, empty one.
//!
//! A server writes one line into the file of its lock once there is a database beside it; the file is never removed. The log
//! that a killed server leaves tells as much.

use crate::access::unwritable;
use crate::lock::lock_path;
use crate::open::{beside, log_of};
use crate::{StoreConfig, StoreError};
use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// What the lock's file says once there is a database.
const MARK: &str =
    "There is a database beside this file. Without it no server starts, since that would make an empty one.\n";

/// Writes the mark into the lock's file.
pub(crate) fn mark(database: &Path, lock: &mut File) -> Result<(), StoreError> {
    let is_marked = lock.metadata().map(|found| found.len() > 0);
    let marked = is_marked.and_then(|is_marked| {
        if is_marked {
            return Ok(());
        }
        lock.rewind()?;
        lock.write_all(MARK.as_bytes())?;
        lock.sync_all()
    });
    marked.map_err(|error| unwritable(&lock_path(database), &error))
}

/// # Errors
/// [`StoreError::Gone`] if there is no database, but was one.
pub(crate) fn refuse_to_hide(database: &Path) -> Result<(), StoreError> {
    if size(database) > 0 {
        return Ok(());
    }
    match [log_of(database), lock_path(database)]
        .into_iter()
        .find(|trace| size(trace) > 0)
    {
        Some(trace) => Err(StoreError::Gone {
            path: database.to_owned(),
            trace: trace.display().to_string(),
        }),
        None => Ok(()),
    }
}

/// Lets a new database take the place of one that is gone. A log that is left of it keeps the name returned.
///
/// # Errors
/// There is a database, or the folder cannot be written.
pub fn begin_anew(config: &StoreConfig) -> Result<Option<PathBuf>, StoreError> {
    let StoreConfig::Sqlite { path, .. } = config else {
        return Ok(None);
    };
    if size(path) > 0 {
        return Err(StoreError::NotGone { path: path.clone() });
    }
    let lock = lock_path(path);
    if size(&lock) > 0 {
        File::options()
            .write(true)
            .truncate(true)
            .open(&lock)
            .map_err(|error| unwritable(&lock, &error))?;
    }
    set_log_aside(path)
}

/// Gives the log another name, so that SQLite does not take it for that of the database that comes next. Which one, if there
/// was one.
pub(crate) fn set_log_aside(database: &Path) -> Result<Option<PathBuf>, StoreError> {
    let log = log_of(database);
    if size(&log) == 0 {
        return Ok(None);
    }
    let kept = log_of(&free_name(database, "replaced"));
    std::fs::rename(&log, &kept).map_err(|error| unwritable(&kept, &error))?;
    remove_index(database)?;
    Ok(Some(kept))
}

/// Removes the index of a log, which SQLite makes again.
pub(crate) fn remove_index(database: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(beside(database, "-shm")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(database, &error)),
        _ => Ok(()),
    }
}

/// `seatline.db.replaced-1`, or the next number that is free.
pub(crate) fn free_name(path: &Path, what: &str) -> PathBuf {
    let name = |number: u32| beside(path, &format!(".{what}-{number}"));
    // Were all of them taken, giving it one would fail.
    (1..1_000)
        .map(name)
        .find(|name| !name.exists() && !log_of(name).exists())
        .unwrap_or_else(|| name(1))
}

/// 0 if there is no such file.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}
