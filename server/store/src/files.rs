//! The files of an open SQLite database: whether those under its name are the ones that are open.
//!
//! A file is known by its device and inode. Beside the database there are its write-ahead log and the index of that log,
//! which exist as long as anybody has the database open; without either, what one process writes is not what another reads.

use crate::loss::Loss;
use crate::open::beside;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Device and inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    fn of(path: &Path) -> io::Result<Self> {
        std::fs::metadata(path).map(|found| Self::from(&found))
    }
}

impl From<&Metadata> for FileId {
    fn from(file: &Metadata) -> Self {
        Self(file.dev(), file.ino())
    }
}

#[derive(Debug)]
pub(crate) struct Files {
    path: PathBuf,
    log_path: PathBuf,
    index_path: PathBuf,
    database: FileId,
    parts: Mutex<Parts>,
}

/// What changes when the driver opens its connections anew.
#[derive(Debug, Default)]
struct Parts {
    log: Option<FileId>,
    index: Option<FileId>,
    /// The index, open to read. Closed only after the connections, or when it is another one: closing any handle of a file
    /// gives up the locks that this process has on it.
    reader: Option<(FileId, File)>,
    last: Option<Glimpse>,
}

/// When the database file was written to, and how far the log has been folded into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Glimpse {
    written: Option<(i64, i64)>,
    folded: Folded,
}

/// From the index of the log, <https://sqlite.org/walformat.html#the_wal_index_file_format>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Folded {
    /// Of the log's present round.
    salt: [u8; 8],
    done: [u8; 4],
    begun: [u8; 4],
}

/// What is there under that name, if anything is.
fn found(path: &Path) -> io::Result<Option<Metadata>> {
    match std::fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

fn written(file: &Metadata) -> (i64, i64) {
    (file.mtime(), file.mtime_nsec())
}

impl Files {
    /// The files of the database that is this file.
    pub(crate) fn of(path: &Path, database: &Metadata) -> Self {
        Self {
            path: path.to_owned(),
            log_path: beside(path, "-wal"),
            index_path: beside(path, "-shm"),
            database: database.into(),
            parts: Mutex::default(),
        }
    }

    /// Takes note of log and index, which a new connection has just opened.
    pub(crate) fn note_parts(&self) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.log = FileId::of(&self.log_path).ok();
        parts.index = FileId::of(&self.index_path).ok();
        parts.last = None;
    }

    /// Whether they are where they were, as far as that can be told by their names.
    pub(crate) fn look(&self) -> Result<(), Loss> {
        let written = self.look_at_database()?.map(|found| written(&found));
        let (log, index, is_written) = {
            let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
            (
                parts.log,
                parts.index,
                parts.last.is_some_and(|last| last.written != written),
            )
        };
        for (path, noted) in [(&self.log_path, log), (&self.index_path, index)] {
            let is_there = match found(path) {
                Ok(found) => noted.is_none() || found.map(|file| FileId::from(&file)) == noted,
                Err(_) => true,
            };
            if !is_there {
                // They also go when their folder does.
                self.look_at_database()?;
                return Err(Loss::Part { part: path.clone() });
            }
        }
        if is_written { self.look_closely() } else { Ok(()) }
    }

    /// The database file, as it is found under its name. `None`: nobody may look at present, which is no loss.
    fn look_at_database(&self) -> Result<Option<Metadata>, Loss> {
        let path = || self.path.clone();
        match found(&self.path) {
            Err(_) => Ok(None),
            Ok(Some(found)) if FileId::from(&found) == self.database => Ok(Some(found)),
            Ok(Some(_)) => Err(Loss::Replaced { path: path() }),
            Ok(None) => Err(Loss::Moved {
                path: path(),
                now: self.whereabouts(),
            }),
        }
    }

    /// Whether anybody else wrote into the database file, as `cp backup seatline.db` does: it may only be written to when
    /// the log is folded into it, which the index of the log then tells.
    pub(crate) fn look_closely(&self) -> Result<(), Loss> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.folded(&mut parts);
        let database = self.look_at_database()?;
        let after = self.folded(&mut parts);
        let Some(folded) = after.filter(|folded| folded.begun == folded.done && before == after) else {
            // It is being folded, and written to for that.
            return Ok(());
        };
        let written = database.map(|found| written(&found));
        let last = parts.last.replace(Glimpse { written, folded });
        if last.is_some_and(|last| last.folded == folded && last.written != written) {
            return Err(Loss::Overwritten {
                path: self.path.clone(),
            });
        }
        Ok(())
    }

    fn folded(&self, parts: &mut Parts) -> Option<Folded> {
        let noted = parts.index?;
        if parts.reader.as_ref().is_none_or(|(id, _)| *id != noted) {
            let file = File::open(&self.index_path).ok()?;
            let id = FileId::from(&file.metadata().ok()?);
            parts.reader = Some((id, file));
        }
        let (_, index) = parts.reader.as_ref()?;
        let mut folded = Folded {
            salt: [0; 8],
            done: [0; 4],
            begun: [0; 4],
        };
        index.read_exact_at(&mut folded.salt, 32).ok()?;
        index.read_exact_at(&mut folded.done, 96).ok()?;
        index.read_exact_at(&mut folded.begun, 128).ok()?;
        Some(folded)
    }

    /// Where the database file is now, if the system tells; `None` if it is deleted.
    fn whereabouts(&self) -> Option<PathBuf> {
        let open = std::fs::read_dir("/proc/self/fd").ok()?;
        let file = open
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|file| FileId::of(file).is_ok_and(|id| id == self.database))?;
        let now = std::fs::read_link(file).ok()?;
        // A deleted file is told with a note behind its name.
        now.exists().then_some(now)
    }

    /// Whether there is still a log by that name, and it is the one that is open.
    pub(crate) fn log_is_ours(&self) -> bool {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.log.is_some() && FileId::of(&self.log_path).ok() == parts.log
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
