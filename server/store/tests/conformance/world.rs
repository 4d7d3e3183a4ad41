//! A database with the things most tests need, in one line.

use domain::member::{Member, MemberGroup};
use domain::{
    AuthGroupId, Author, Body, ClientMessageId, ConversationId, Epoch, GroupId, GuestId, MemberId, Message, Place,
    Placement, SeatHow, SeatReason, Seq, SiteId, Timestamp, WaitReason,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::panic::AssertUnwindSafe;
use store::write::Write;
use store::{GroupUpdate, NewMember, Store, StoreConfig, StoreError, Writer};
use tempfile::TempDir;
use uuid::Uuid;

/// Now.
pub(crate) const NOW: Timestamp = Timestamp(1_700_000_000_000);

/// What only a database that keeps text exactly gives back.
pub(crate) const ODD_TEXT: &str = " \u{0}zero\u{1A}0\u{1A}\r\n字👩‍👩‍👧\u{202E}<b>&amp;'\"\\%_\u{FFFD}\u{10FFFF} ";

/// A seating's reason.
pub(crate) const LEAST_BUSY: SeatReason = SeatReason {
    how: SeatHow::LeastBusy,
    on_duty: 3,
    overflow: false,
    after: None,
};

/// An initialised database with its default site and default member group.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) config: StoreConfig,
    pub(crate) site: SiteId,
    pub(crate) group: GroupId,
    home: Home,
}

/// What is to be removed afterwards.
enum Home {
    Folder(TempDir),
    Database(String),
}

/// Runs a test, and removes its database whether or not it fails.
pub(crate) async fn run(world: World, test: impl AsyncFnOnce(&World)) {
    let outcome = futures_util::FutureExt::catch_unwind(AssertUnwindSafe(test(&world))).await;
    world.remove().await;
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// Whether a test is left out for what is missing here; `scripts/rust-tests` lets none be left out.
#[allow(clippy::print_stderr, reason = "whoever runs the tests should see it")]
pub(crate) fn is_skipped(missing: bool, what: &str) -> bool {
    if missing {
        assert!(std::env::var_os("SEATLINE_TEST_ALL").is_none(), "{what}");
        eprintln!("skipped: {what}");
    }
    missing
}

/// Whether tests on PostgreSQL are left out, since there is no server for them.
pub(crate) fn is_without_postgres() -> bool {
    is_skipped(
        std::env::var_os("SEATLINE_TEST_POSTGRES").is_none(),
        "tests on PostgreSQL need a server: use `make test`, or `scripts/with-postgres cargo nextest run -p store`",
    )
}

/// The server that tests on PostgreSQL use.
fn postgres_server() -> String {
    std::env::var("SEATLINE_TEST_POSTGRES").expect("what scripts/with-postgres says")
}

async fn drop_database(database: &str) {
    let mut server = PgConnection::connect(&postgres_server())
        .await
        .expect("the server of the tests");
    let sql = format!("DROP DATABASE {database} WITH (FORCE)");
    server.execute(AssertSqlSafe(sql)).await.expect("a database to drop");
}

/// The same server's URL for another database.
pub(crate) fn postgres_url(database: &str) -> String {
    let server = postgres_server();
    let (before, query) = server
        .split_once('?')
        .map_or((server.as_str(), ""), |(before, query)| (before, query));
    let (server, _) = before
        .rsplit_once('/')
        .expect("SEATLINE_TEST_POSTGRES ends with a database");
    if query.is_empty() {
        format!("{server}/{database}")
    } else {
        format!("{server}/{database}?{query}")
    }
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = StoreConfig::sqlite(folder.path().join("seatline.db"));
        Self::at(config, Home::Folder(folder)).await
    }

    /// `None` where there is no server: the test is to be left out.
    pub(crate) async fn postgres() -> Option<Self> {
        if is_without_postgres() {
            return None;
        }
        let database = format!("seatline_{}", Uuid::new_v4().simple());
        let mut server = PgConnection::connect(&postgres_server())
            .await
            .expect("the server of the tests");
        server
            .execute(AssertSqlSafe(format!("CREATE DATABASE {database}")))
            .await
            .expect("a database");
        let config = StoreConfig::Postgres {
            url: postgres_url(&database),
            connections: 5,
        };
        Some(Self::at(config, Home::Database(database)).await)
    }

    async fn at(config: StoreConfig, home: Home) -> Self {
        let store = Store::open(&config).await.expect("a store");
        store.initialise(NOW, "site-key").await.expect("an initialised store");
        let site = store.sites().await.expect("the sites").remove(0);
        Self {
            store,
            config,
            site: site.id,
            group: site.group,
            home,
        }
    }

    /// A connection to the same database, of another program.
    pub(crate) async fn postgres_connection(&self) -> PgConnection {
        let Home::Database(database) = &self.home else {
            panic!("this one is a file");
        };
        PgConnection::connect(&postgres_url(database))
            .await
            .expect("the database")
    }

    pub(crate) async fn remove(self) {
        self.store.close().await;
        match self.home {
            Home::Folder(folder) => folder.close().expect("a folder to remove"),
            Home::Database(database) => drop_database(&database).await,
        }
    }

    /// Does something to the database behind the store's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        self.try_tamper(sql).await.unwrap();
    }

    /// The same, unless the database refuses it.
    pub(crate) async fn try_tamper(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        match &self.config {
            StoreConfig::Sqlite { path, .. } => {
                let url = format!("sqlite://{}", path.display());
                SqliteConnection::connect(&url).await.unwrap().execute(sql).await?;
            }
            StoreConfig::Postgres { url, .. } => {
                PgConnection::connect(url).await.unwrap().execute(sql).await?;
            }
        }
        Ok(())
    }

    /// The same with every constraint off.
    pub(crate) async fn tamper_unguarded(&self, sql: &str) {
        match &self.config {
            StoreConfig::Sqlite { path, .. } => {
                let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display()))
                    .await
                    .unwrap();
                let sql = format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}");
                conn.execute(AssertSqlSafe(sql)).await.unwrap();
                conn.close().await.unwrap();
            }
            StoreConfig::Postgres { url, .. } => {
                let mut conn = PgConnection::connect(url).await.unwrap();
                let checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'
                              AND connamespace = 'public'::regnamespace";
                let checks: Vec<(String, String)> = sqlx::query_as(checks).fetch_all(&mut conn).await.unwrap();
                for (table, name) in checks {
                    let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
                    conn.execute(AssertSqlSafe(drop)).await.unwrap();
                }
                let sql = format!("SET session_replication_role = replica; {sql}");
                conn.execute(AssertSqlSafe(sql)).await.unwrap();
            }
        }
    }

    /// Makes of it what version 1 of the schema was, where message ids were unique within a conversation.
    pub(crate) async fn as_of_schema_1(&self) {
        self.tamper(match self.config {
            StoreConfig::Sqlite { .. } => "CREATE UNIQUE INDEX message_ids ON message (conversation_id, client_id)",
            StoreConfig::Postgres { .. } => "ALTER TABLE message ADD UNIQUE (conversation_id, client_id)",
        })
        .await;
        for versioned in [
            "ALTER TABLE member DROP COLUMN version",
            "ALTER TABLE member_group DROP COLUMN version",
            "ALTER TABLE site DROP COLUMN version",
        ] {
            self.tamper(versioned).await;
        }
        self.tamper("DELETE FROM _sqlx_migrations WHERE version > 1").await;
    }

    /// Has the writer store one batch.
    pub(crate) async fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        let (writer, mut committed) = Writer::start(&self.store, 1);
        writer.try_push(batch, ()).unwrap();
        committed.recv().await.unwrap().map(drop)
    }

    /// The auth group of that name.
    pub(crate) async fn auth_group(&self, name: &str) -> AuthGroupId {
        let groups = self.store.auth_groups().await.unwrap();
        groups.iter().find(|group| group.name == name).unwrap().id
    }

    /// Somebody of that login who may serve, in the default member group, with two seats.
    pub(crate) async fn agent(&self, login: &str) -> Member {
        let new = NewMember {
            login: login.to_owned(),
            name: format!("Agent {login}"),
            password_hash: "hash".to_owned(),
            seats: 2,
            groups: vec![self.group],
            auth_groups: vec![self.auth_group("agents").await],
        };
        self.store.create_member(&new, NOW).await.unwrap()
    }

    /// Another member group, with nobody in it.
    pub(crate) async fn group_named(&self, name: &str) -> MemberGroup {
        let new = GroupUpdate {
            name: name.to_owned(),
            members: vec![],
        };
        self.store.create_member_group(&new).await.unwrap()
    }

    pub(crate) async fn guest(&self) -> GuestId {
        let guest = GuestId(Uuid::now_v7());
        self.write(vec![Write::NewGuest {
            guest,
            site: self.site,
            at: NOW,
        }])
        .await
        .unwrap();
        guest
    }

    /// A new guest's conversation that waits in line, stored.
    pub(crate) async fn conversation(&self) -> Placement {
        let placement = self.waiting(self.guest().await);
        self.begin(&placement, NOW).await;
        placement
    }

    /// A placement in line, not stored.
    pub(crate) fn waiting(&self, guest: GuestId) -> Placement {
        Placement {
            conversation: ConversationId(Uuid::now_v7()),
            guest,
            group: self.group,
            priority: 0,
            ticket: 1,
            epoch: Epoch(0),
            place: Place::Waiting {
                reason: WaitReason::Arrived,
                returned: false,
            },
            since: NOW,
            owed_since: None,
            bounces: 0,
            last_agent: None,
        }
    }

    /// Stores a conversation's beginning.
    pub(crate) async fn begin(&self, placement: &Placement, at: Timestamp) {
        let write = Write::NewConversation {
            site: self.site,
            placement: placement.clone(),
            at,
        };
        self.write(vec![write]).await.unwrap();
    }

    /// Stores that it goes from `before` to `after`.
    pub(crate) async fn place(&self, before: &Placement, after: &Placement) -> Result<(), StoreError> {
        self.write(vec![Write::Place {
            expected_epoch: before.epoch,
            placement: after.clone(),
            service_ms: None,
        }])
        .await
    }

    /// Stores texts of the guest as the next messages from `first` on.
    pub(crate) async fn say(&self, conversation: ConversationId, first: i64, texts: &[&str]) {
        let messages = (first..)
            .zip(texts)
            .map(|(seq, text)| Write::Message(guest_says(conversation, seq, text)));
        self.write(messages.collect()).await.unwrap();
    }
}

/// The seating that follows from `before`.
pub(crate) fn seated(before: &Placement, agent: MemberId, since: Timestamp) -> Placement {
    Placement {
        epoch: before.epoch.next(),
        place: Place::Seated {
            agent,
            reason: LEAST_BUSY,
            answered: false,
            guest_seen: false,
        },
        since,
        last_agent: Some(agent),
        ..before.clone()
    }
}

/// A text of the guest with an id of its own.
pub(crate) fn guest_says(conversation: ConversationId, seq: i64, text: &str) -> Message {
    Message {
        conversation,
        seq: Seq(seq),
        id: Some(ClientMessageId(Uuid::new_v4())),
        from: Author::Guest,
        body: Body::Text { text: text.to_owned() },
        at: NOW.plus_ms(seq),
    }
}
