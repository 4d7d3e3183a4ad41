//! What is done with a database that is lost while it is open: nothing that was acknowledged goes with it.
//!
//! SQLite still has the files open, whatever their names are now. So they are copied as a backup is, and the copy lies beside
//! the place where the database was. The connections are not closed: the last one would fold the log into whatever file
//! is there by now, and remove the log by its name.

use crate::access::unwritable;
use crate::backup::sync_folder;
use crate::db::Pools;
use crate::files::Files;
use crate::open::make_folder;
use crate::remnant::{free_name, set_log_aside};
use crate::{Loss, Store, StoreError};
use std::path::{Path, PathBuf};

impl Store {
    /// Ends the use of a database that is lost. Where a copy of all that was acknowledged is, if one could and had to be made.
    /// The process is to end after that: the connections stay open until it does.
    ///
    /// # Errors
    /// No copy could be made.
    pub async fn abandon(self, loss: &Loss) -> Result<Option<PathBuf>, StoreError> {
        let Some(files) = self.guard.files() else {
            self.close().await;
            return Ok(None);
        };
        let copied = match loss {
            // Its pages are gone.
            Loss::Overwritten { .. } => Ok(None),
            // The database itself is where it was: it takes in what is only in the log that has lost its name.
            Loss::Part { .. } if self.fold().await => Ok(None),
            _ => self.copy_out(files).await.map(Some),
        };
        let aside = match loss {
            Loss::Overwritten { .. } | Loss::Replaced { .. } if files.log_is_ours() => set_log_aside(files.path()),
            _ => Ok(None),
        };
        std::mem::forget(self);
        aside?;
        copied
    }

    /// Whether all of the log is now in the database file.
    async fn fold(&self) -> bool {
        let Pools::Sqlite { write, .. } = &self.pools else {
            return false;
        };
        let _wanting = self.wanted.want();
        let folded = sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(FULL)")
            .fetch_one(write)
            .await;
        matches!(folded, Ok((0, log, done)) if log == done)
    }

    async fn copy_out(&self, files: &Files) -> Result<PathBuf, StoreError> {
        let Pools::Sqlite { write, .. } = &self.pools else {
            return Err(StoreError::Absent {
                path: files.path().to_owned(),
            });
        };
        make_folder(files.path())?;
        let target = free_name(files.path(), "rescued");
        let failed = |error: std::io::Error| unwritable(&target, &error);
        let folder = target
            .parent()
            .filter(|folder| *folder != Path::new(""))
            .unwrap_or(Path::new("."));
        let copy = tempfile::Builder::new()
            .prefix(".seatline-")
            .suffix(".partial")
            .tempfile_in(folder)
            .map_err(failed)?;
        let name = copy.path().to_string_lossy().into_owned();
        let _wanting = self.wanted.want();
        sqlx::query("VACUUM INTO $1").bind(name).execute(write).await?;
        copy.as_file().sync_all().map_err(failed)?;
        copy.persist_noclobber(&target).map_err(|error| failed(error.error))?;
        sync_folder(&target)?;
        Ok(target)
    }
}
