//! How a database gets lost while it is open, and how that is noticed before anything more is acknowledged.
//!
//! SQLite goes on writing into a file that was moved or deleted, or under which another one was put: everything succeeds,
//! and is in a file that nobody will find. So after each commit, and twice a second, the files are compared with those that
//! were opened ([`crate::files`]). Of PostgreSQL every new connection, and twice a second one, is asked whether its database
//! and its tables are those that were opened.

use crate::db::{Pools, fetch_one};
use crate::files::Files;
use crate::open::Identity;
use crate::{Store, StoreError};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Between looks while nothing is written.
const LOOK: Duration = Duration::from_millis(500);

/// How long the files may be incomplete while the driver opens its connection anew.
const AGAIN: Duration = Duration::from_millis(100);

/// How long PostgreSQL may take to answer a look; one that does not answer is not lost, but away.
const ANSWER: Duration = Duration::from_secs(2);

/// What has become of the database that was opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Loss {
    #[error("the database file {} was moved or deleted while the server ran{}", path.display(), whereabouts(now.as_ref()))]
    Moved { path: PathBuf, now: Option<PathBuf> },
    #[error("another file was put in the place of the database {} while the server ran", path.display())]
    Replaced { path: PathBuf },
    #[error("another program wrote into the database file {} while the server ran", path.display())]
    Overwritten { path: PathBuf },
    /// One of the two files that SQLite keeps beside an open database.
    #[error("{} was moved, deleted or replaced while the server ran; it is a part of the open database", part.display())]
    Part { part: PathBuf },
    #[error("the database at {server} was dropped or renamed while the server ran, or is not the one that was opened")]
    Postgres { server: String },
}

fn whereabouts(now: Option<&PathBuf>) -> String {
    now.map(|now| format!(" (it is {} now)", now.display()))
        .unwrap_or_default()
}

/// Whether the database is the one that was opened. Shared by all handles of a store.
#[derive(Debug)]
pub(crate) struct Guard {
    opened: Opened,
    lost: watch::Sender<Option<Loss>>,
}

/// What the database was when it was opened.
#[derive(Debug)]
enum Opened {
    Sqlite(Files),
    Postgres {
        server: String,
        /// Known once the schema is up to date.
        identity: OnceLock<Identity>,
    },
}

impl Guard {
    pub(crate) fn sqlite(files: Files) -> Self {
        Self::new(Opened::Sqlite(files))
    }

    pub(crate) fn postgres(server: String) -> Self {
        Self::new(Opened::Postgres {
            server,
            identity: OnceLock::new(),
        })
    }

    fn new(opened: Opened) -> Self {
        let (lost, _) = watch::channel(None);
        Self { opened, lost }
    }

    pub(crate) const fn files(&self) -> Option<&Files> {
        match &self.opened {
            Opened::Sqlite(files) => Some(files),
            Opened::Postgres { .. } => None,
        }
    }

    /// After a commit, before anybody is told of it.
    pub(crate) fn confirm(&self) -> Result<(), StoreError> {
        if let Some(loss) = &*self.lost.borrow() {
            return Err(StoreError::Lost(loss.clone()));
        }
        let Some(files) = self.files() else { return Ok(()) };
        files.look().map_err(|loss| self.lose(loss))
    }

    /// The same, and whether anybody else wrote into the file.
    pub(crate) fn confirm_closely(&self) -> Result<(), StoreError> {
        self.confirm()?;
        let Some(files) = self.files() else { return Ok(()) };
        files.look_closely().map_err(|loss| self.lose(loss))
    }

    /// Compares a database of PostgreSQL with the one that was opened; the first one is that.
    pub(crate) fn recognise(&self, found: Identity) -> Result<(), StoreError> {
        let Opened::Postgres { server, identity } = &self.opened else {
            return Ok(());
        };
        if *identity.get_or_init(|| found) == found {
            return Ok(());
        }
        Err(self.lose(Loss::Postgres { server: server.clone() }))
    }

    /// The same of a connection that is new, before it is used. Before the schema is up to date there is nothing to compare.
    pub(crate) fn recognise_again(&self, found: Identity) -> Result<(), StoreError> {
        match &self.opened {
            Opened::Postgres { identity, .. } if identity.get().is_some() => self.recognise(found),
            _ => Ok(()),
        }
    }

    /// From now on nothing is confirmed any more.
    fn lose(&self, loss: Loss) -> StoreError {
        self.lost.send_if_modified(|lost| {
            let first = lost.is_none();
            if first {
                *lost = Some(loss.clone());
            }
            first
        });
        StoreError::Lost(loss)
    }
}

impl Store {
    /// Comes back once the database is not the one any more that was opened. Nothing is acknowledged from then on, and the
    /// store is of no more use, except to [`Store::abandon`] it.
    pub async fn lost(&self) -> Loss {
        let mut lost = self.guard.lost.subscribe();
        loop {
            if let Some(loss) = lost.borrow_and_update().clone() {
                return loss;
            }
            tokio::select! {
                _ = lost.changed() => {}
                () = sleep(LOOK) => self.look().await,
            }
        }
    }

    /// Notices a loss although nothing is written.
    async fn look(&self) {
        match (&self.guard.opened, &self.pools) {
            (Opened::Sqlite(files), _) => {
                if files.look().is_err() {
                    sleep(AGAIN).await;
                }
                if let Err(loss) = files.look().and_then(|()| files.look_closely()) {
                    self.guard.lose(loss);
                }
            }
            (Opened::Postgres { server, .. }, Pools::Postgres(_)) => match timeout(ANSWER, self.identity()).await {
                Ok(Ok(found)) => drop(self.guard.recognise(found)),
                // Its name is not there any more; while PostgreSQL starts or stops, it says something else.
                Ok(Err(StoreError::Database(error))) if is_unknown_database(&error) => {
                    self.guard.lose(Loss::Postgres { server: server.clone() });
                }
                // It is away, which the hub notices and lives with.
                Ok(Err(_)) | Err(_) => {}
            },
            (Opened::Postgres { .. }, Pools::Sqlite { .. }) => {}
        }
    }

    async fn identity(&self) -> Result<Identity, StoreError> {
        let mut conn = self.read().await?;
        fetch_one!(conn, Identity, Identity::SQL)
    }
}

/// PostgreSQL's `invalid_catalog_name`.
fn is_unknown_database(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "3D000"),
        _ => false,
    }
}
