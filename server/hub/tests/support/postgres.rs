//! A database in the PostgreSQL of the tests (`scripts/with-postgres`).

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use store::StoreConfig;
use uuid::Uuid;

pub(super) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// `None` where there is no server.
    pub(super) async fn create() -> Option<Self> {
        let server = server()?;
        let name = format!("seatline_{}", Uuid::new_v4().simple());
        execute(&server, format!("CREATE DATABASE {name}")).await;
        Some(Self { server, name })
    }

    pub(super) fn config(&self) -> StoreConfig {
        let (before, query) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (before, _) = before.rsplit_once('/').expect("a URL that ends with a database");
        StoreConfig::Postgres {
            url: format!("{before}/{}?{query}", self.name),
            connections: 5,
        }
    }

    pub(super) async fn remove(self) {
        execute(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn execute(server: &str, sql: String) {
    let mut server = PgConnection::connect(server).await.expect("the server of the tests");
    server.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// The server of the tests. `None`: there is none, and the test is left out; `scripts/rust-tests` lets none be left out.
#[allow(clippy::print_stderr, reason = "whoever runs the tests should see it")]
fn server() -> Option<String> {
    let url = std::env::var("SEATLINE_TEST_POSTGRES").ok();
    if url.is_none() {
        let what =
            "tests on PostgreSQL need a server: use `make test`, or `scripts/with-postgres cargo nextest run -p hub`";
        assert!(std::env::var_os("SEATLINE_TEST_ALL").is_none(), "{what}");
        eprintln!("skipped: {what}");
    }
    url
}
