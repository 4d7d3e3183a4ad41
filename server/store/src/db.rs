//! One query text, two engines.
//!
//! `sqlx::Any` cannot decode SQLite's `BOOLEAN`, so the two drivers stand side by side in enums, and a macro expands
//! one query over both arms. Row types derive `FromRow` and so are generic over the engine. For a text to run on both:
//! placeholders are `$1`, `$2`, …; integers are `BIGINT` and bound as `i64`; sums are cast to `BIGINT`.

use crate::StoreError;
use crate::loss::Guard;
use crate::meters::Meters;
use prometheus_client::registry::Registry;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// The database. Cheap to clone: clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    pub(crate) meters: Meters,
    pub(crate) guard: Arc<Guard>,
    pub(crate) wanted: Arc<Wanted>,
}

/// Tells the writer, which holds the only connection that writes to SQLite, when others want it.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    waiting: AtomicUsize,
    notify: Notify,
}

impl Wanted {
    /// The connection is wanted as long as the result lives.
    pub(crate) fn want(&self) -> Wanting<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        self.notify.notify_one();
        Wanting(self)
    }
}

pub(crate) struct Wanting<'a>(&'a Wanted);

impl Drop for Wanting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The connections to one of the two engines.
#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// SQLite has one writer at a time: `write` holds a single connection, so that writes queue up for it instead of
    /// failing with "database is locked". The connections of `read` cannot write.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A connection taken out of a pool, to read.
pub(crate) enum Conn {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A transaction. Rolled back unless [`Tx::commit`] is called.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>, Arc<Guard>),
    Postgres(Transaction<'static, Postgres>, Arc<Guard>),
    /// Of the writer, which sends `BEGIN` and `COMMIT` itself.
    Held(Held, Arc<Guard>),
}

/// A connection that is kept from one transaction to the next.
pub(crate) enum Held {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// What a query runs on.
pub(crate) enum Run<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Conn {
    pub(crate) fn run(&mut self) -> Run<'_> {
        match self {
            Self::Sqlite(conn) => Run::Sqlite(conn),
            Self::Postgres(conn) => Run::Postgres(conn),
        }
    }
}

impl Tx {
    pub(crate) fn run(&mut self) -> Run<'_> {
        match self {
            Self::Sqlite(tx, _) => Run::Sqlite(tx),
            Self::Postgres(tx, _) => Run::Postgres(tx),
            Self::Held(Held::Sqlite(conn), _) => Run::Sqlite(conn),
            Self::Held(Held::Postgres(conn), _) => Run::Postgres(conn),
        }
    }

    /// Success only if it is stored in the database that was opened, and is found there again.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let guard = match self {
            Self::Sqlite(tx, guard) => {
                tx.commit().await?;
                guard
            }
            Self::Postgres(tx, guard) => {
                tx.commit().await?;
                guard
            }
            Self::Held(_, guard) => guard,
        };
        guard.confirm()
    }

    /// Closes the connection, with whatever was not committed on it.
    pub(crate) fn discard(mut self) {
        match &mut self {
            Self::Held(Held::Sqlite(conn), _) => conn.close_on_drop(),
            Self::Held(Held::Postgres(conn), _) => conn.close_on_drop(),
            Self::Sqlite(..) | Self::Postgres(..) => {}
        }
    }
}

impl Run<'_> {
    pub(crate) fn run(&mut self) -> Run<'_> {
        match self {
            Self::Sqlite(conn) => Run::Sqlite(conn),
            Self::Postgres(conn) => Run::Postgres(conn),
        }
    }
}

impl Store {
    /// A connection to read with.
    pub(crate) async fn read(&self) -> Result<Conn, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Conn::Sqlite(read.acquire().await?),
            Pools::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// A transaction to write in. On SQLite it takes the write lock at once: a transaction that first reads and then
    /// writes could otherwise find that another process wrote in between, and fail.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let _wanting = self.wanted.want();
        let guard = Arc::clone(&self.guard);
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?, guard),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?, guard),
        })
    }

    /// A connection to write with, transaction after transaction, until [`Store::connection_wanted`].
    pub(crate) async fn hold(&self) -> Result<Tx, StoreError> {
        let conn = match &self.pools {
            Pools::Sqlite { write, .. } => Held::Sqlite(write.acquire().await?),
            Pools::Postgres(pool) => Held::Postgres(pool.acquire().await?),
        };
        Ok(Tx::Held(conn, Arc::clone(&self.guard)))
    }

    /// Whether somebody waits for the connection that is held.
    pub(crate) fn is_connection_wanted(&self) -> bool {
        self.wanted.waiting.load(Ordering::SeqCst) > 0
    }

    /// Resolves when somebody wants the connection that is held.
    pub(crate) async fn connection_wanted(&self) {
        self.wanted.notify.notified().await;
    }

    /// Adds what the writer counts to what can be scraped.
    pub fn register(&self, registry: &mut Registry) {
        self.meters.register(registry);
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        fetch_optional!(conn, (i64,), "SELECT CAST(1 AS BIGINT)")?;
        Ok(())
    }

    /// Closes all connections, after those in use have been given back.
    pub async fn close(&self) {
        let _wanting = self.wanted.want();
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                // The last one out folds the write-ahead log into the database file.
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// `on!(conn, |c| …)`: the body once for each engine, with `c` its connection.
macro_rules! on {
    ($on:expr, |$conn:ident| $body:expr) => {
        match $on.run() {
            $crate::db::Run::Sqlite($conn) => $body,
            $crate::db::Run::Postgres($conn) => $body,
        }
    };
}

/// `fetch_all!(conn, Row, "SELECT …", argument, …)`: all rows.
macro_rules! fetch_all {
    ($on:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($on, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_all(&mut *conn).await)
            .map_err($crate::StoreError::from)
    };
}

/// `fetch_optional!(conn, Row, "SELECT …", argument, …)`: the first row, if there is one.
macro_rules! fetch_optional {
    ($on:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($on, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_optional(&mut *conn).await)
            .map_err($crate::StoreError::from)
    };
}

/// `fetch_one!(tx, Row, "INSERT … RETURNING …", argument, …)`: the one row there must be.
macro_rules! fetch_one {
    ($on:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($on, |conn| sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_one(&mut *conn).await)
            .map_err($crate::StoreError::from)
    };
}

/// `execute!(tx, "UPDATE …", argument, …)`: how many rows it concerned.
macro_rules! execute {
    ($on:expr, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::db::on!($on, |conn| sqlx::query($sql)$(.bind($argument))*
            .execute(&mut *conn)
            .await
            .map(|done| done.rows_affected()))
            .map_err($crate::StoreError::from)
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional, on};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use crate::{Store, StoreConfig};

    /// When the disk is full SQLite itself rolls back, and the driver's own rollback fails.
    #[tokio::test]
    async fn a_transaction_that_sqlite_has_ended_does_not_keep_others_from_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig::sqlite(folder.path().join("seatline.db"));
        let store = Store::open(&config).await.unwrap();
        let mut ended = store.begin().await.unwrap();
        execute!(ended, "ROLLBACK").unwrap();
        assert!(ended.commit().await.is_err());
        let mut next = store.begin().await.unwrap();
        execute!(next, "INSERT INTO config (key, value) VALUES ('a', 'b')").unwrap();
        next.commit().await.unwrap();
        store.close().await;
    }
}
