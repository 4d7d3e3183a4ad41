//! A database that is there for one run.

use crate::RigError;
use crate::error::io;
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, FromRow, PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// Names the PostgreSQL server that `scripts/with-postgres` has started.
pub const POSTGRES: &str = "SEATLINE_TEST_POSTGRES";

/// How long a reader waits while somebody else holds the file.
const BUSY: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// Both where there is a PostgreSQL, else SQLite alone.
    pub fn available() -> Vec<Self> {
        if std::env::var_os(POSTGRES).is_some() {
            vec![Self::Sqlite, Self::Postgres]
        } else {
            vec![Self::Sqlite]
        }
    }
}

/// A data folder of its own, and where asked for a PostgreSQL database of its own.
#[derive(Debug)]
pub struct Database {
    folder: Folder,
    postgres: Option<Postgres>,
}

#[derive(Debug)]
enum Folder {
    Ours(TempDir),
    /// Somebody else's to remove.
    Theirs(PathBuf),
}

#[derive(Debug)]
struct Postgres {
    admin: String,
    name: String,
    options: PgConnectOptions,
    url: String,
}

impl Database {
    /// An empty one.
    ///
    /// # Errors
    /// No temporary folder can be made, or there is no PostgreSQL.
    pub async fn fresh(engine: Engine) -> Result<Self, RigError> {
        let folder = tempfile::Builder::new().prefix("seatline-rig-").tempdir();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Postgres::create().await?),
        };
        Ok(Self {
            folder: Folder::Ours(folder.map_err(io("making a temporary folder"))?),
            postgres,
        })
    }

    /// A SQLite one in a folder that is there, and stays.
    pub const fn at(folder: PathBuf) -> Self {
        Self {
            folder: Folder::Theirs(folder),
            postgres: None,
        }
    }

    pub fn folder(&self) -> &Path {
        match &self.folder {
            Folder::Ours(folder) => folder.path(),
            Folder::Theirs(folder) => folder,
        }
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        self.folder().join("seatline.db")
    }

    pub const fn engine(&self) -> Engine {
        if self.postgres.is_some() {
            Engine::Postgres
        } else {
            Engine::Sqlite
        }
    }

    /// The URL, for `SEATLINE_DATABASE_URL`; `None` for SQLite.
    pub fn url(&self) -> Option<&str> {
        self.postgres.as_ref().map(|postgres| postgres.url.as_str())
    }

    /// All rows of a query that both engines understand, read beside the server.
    ///
    /// # Errors
    /// The database does not answer, or not with such rows.
    pub async fn rows<R>(&self, sql: &'static str) -> Result<Vec<R>, RigError>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        if let Some(postgres) = &self.postgres {
            let mut conn = postgres.options.connect().await?;
            let rows = sqlx::query_as(sql).fetch_all(&mut conn).await?;
            conn.close().await?;
            return Ok(rows);
        }
        let mut conn = open_file(&self.file()).await?;
        let rows = sqlx::query_as(sql).fetch_all(&mut conn).await?;
        conn.close().await?;
        Ok(rows)
    }

    /// Removes it. What is only dropped leaves its PostgreSQL database behind, which goes with the server of
    /// `scripts/with-postgres`.
    ///
    /// # Errors
    /// PostgreSQL does not answer.
    pub async fn remove(self) -> Result<(), RigError> {
        match &self.postgres {
            Some(postgres) => postgres.remove().await,
            None => Ok(()),
        }
    }

    /// A connection of another program to the SQLite file, which may write.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub async fn intruder(&self) -> Result<SqliteConnection, RigError> {
        Ok(open_file(&self.file()).await?)
    }
}

async fn open_file(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY)
        .connect()
        .await
}

impl Postgres {
    async fn create() -> Result<Self, RigError> {
        let admin = std::env::var(POSTGRES).map_err(|_| RigError::NoPostgres)?;
        let name = format!("rig_{}", Uuid::new_v4().simple());
        let mut conn = PgConnection::connect(&admin).await?;
        let safe = |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        conn.execute(safe(format!("CREATE DATABASE {name}"))).await?;
        // The server is set up for speed and acknowledges what it could still lose in a crash of its own.
        conn.execute(safe(format!("ALTER DATABASE {name} SET synchronous_commit = on")))
            .await?;
        conn.close().await?;
        let options = PgConnectOptions::from_str(&admin)?.database(&name);
        let server = admin.rsplit_once('/').map_or(admin.as_str(), |(server, _)| server);
        Ok(Self {
            url: format!("{server}/{name}"),
            options,
            admin,
            name,
        })
    }

    async fn remove(&self) -> Result<(), RigError> {
        let mut conn = PgConnection::connect(&self.admin).await?;
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await?;
        Ok(conn.close().await?)
    }
}
