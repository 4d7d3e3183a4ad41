//! A database in the PostgreSQL of the tests (`scripts/with-postgres`).

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use store::StoreConfig;
use uuid::Uuid;

pub(super) struct Database(String);

impl Database {
    pub(super) async fn create() -> Self {
        let name = format!("seatline_{}", Uuid::new_v4().simple());
        execute(format!("CREATE DATABASE {name}")).await;
        Self(name)
    }

    pub(super) fn config(&self) -> StoreConfig {
        let server = server();
        let (before, query) = server.split_once('?').unwrap_or((&server, ""));
        let (before, _) = before.rsplit_once('/').expect("a URL that ends with a database");
        StoreConfig::Postgres {
            url: format!("{before}/{}?{query}", self.0),
            connections: 5,
        }
    }

    pub(super) async fn remove(self) {
        execute(format!("DROP DATABASE {} WITH (FORCE)", self.0)).await;
    }
}

async fn execute(sql: String) {
    let mut server = PgConnection::connect(&server()).await.expect("the server of the tests");
    server.execute(AssertSqlSafe(sql)).await.unwrap();
}

fn server() -> String {
    std::env::var("SEATLINE_TEST_POSTGRES").expect(
        "the tests on PostgreSQL need a server: use `make test`, or `scripts/with-postgres cargo nextest run -p hub`",
    )
}
