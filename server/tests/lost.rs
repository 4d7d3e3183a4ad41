//! The database taken away from under a running server: it notices, acknowledges nothing more, says so and ends; and what
//! was acknowledged is found again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod process;

use futures_util::{SinkExt as _, StreamExt as _};
use process::{PATIENCE, Running, postgres_server, seatline, serve, serve_with, text};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A guest who talks to nobody.
struct Guest {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What was acknowledged.
    acknowledged: Vec<String>,
}

impl Guest {
    async fn of(server: &Running, site: &str) -> Self {
        let url = format!("ws://{}/ws/guest?site={site}", server.address);
        let (mut socket, _) = connect_async(url).await.unwrap();
        let hello = json!({"type": "hello", "protocol": protocol::PROTOCOL});
        socket.send(Message::text(hello.to_string())).await.unwrap();
        Self {
            socket,
            acknowledged: Vec::new(),
        }
    }

    /// Says something. Whether it was acknowledged before the connection ended.
    async fn says(&mut self, what: &str) -> bool {
        let id = uuid::Uuid::new_v4();
        let frame = json!({"type": "send", "id": id, "text": what});
        if self.socket.send(Message::text(frame.to_string())).await.is_err() {
            return false;
        }
        while let Some(Ok(message)) = self.socket.next().await {
            let Message::Text(frame) = message else { continue };
            let frame: Value = serde_json::from_str(&frame).unwrap();
            if frame["type"] == "ack" && frame["id"] == json!(id) {
                self.acknowledged.push(what.to_owned());
                return true;
            }
        }
        false
    }

    /// Goes on until nothing is acknowledged any more: how much still was.
    async fn goes_on(&mut self) -> usize {
        let before = self.acknowledged.len();
        let ended = async { while self.says("after it was taken away").await {} };
        tokio::time::timeout(PATIENCE, ended).await.unwrap();
        self.acknowledged.len() - before
    }
}

/// The key of the only site.
fn site_key(arguments: &[&str], data: &Path) -> String {
    let listed = seatline(data, &[&["site", "list"], arguments].concat())
        .output()
        .unwrap();
    let listed = text(&listed.stdout);
    listed
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned()
}

struct House {
    folder: TempDir,
    server: Running,
    guest: Guest,
}

impl House {
    /// A server with a guest who has said something; there is a backup of what was before that.
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let server = serve(&data);
        let backup = folder.path().join("backup.db");
        let backed_up = seatline(&data, &["backup", backup.to_str().unwrap()]).output().unwrap();
        assert!(backed_up.status.success(), "{}", text(&backed_up.stderr));
        let mut guest = Guest::of(&server, &site_key(&[], &data)).await;
        assert!(guest.says("before").await);
        assert!(guest.says("still before").await);
        Self { folder, server, guest }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn database(&self) -> PathBuf {
        self.data().join("seatline.db")
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup.db")
    }
}

/// The last thing that a server said which ended with an error.
fn last_words(server: Running) -> String {
    let (code, said) = server.ended();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("nothing is acknowledged any more"), "{said}");
    // A task that was given up may have logged something after it.
    let last = said.lines().rev().find(|line| line.starts_with("seatline: "));
    last.unwrap_or_else(|| panic!("{said}")).to_owned()
}

/// How many messages of guests are in that file: those acknowledged, and perhaps one that was not.
async fn messages_in(database: &Path) -> usize {
    let mut conn = SqliteConnection::connect(&format!("sqlite://{}", database.display()))
        .await
        .unwrap();
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM message WHERE author = 'guest'")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    usize::try_from(count).unwrap()
}

fn run(data: &Path, arguments: &[&str]) {
    let done = seatline(data, arguments).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
}

/// A start that is refused, with nothing made: what it says.
fn refused(data: &Path) -> String {
    let output = seatline(data, &["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!data.join("seatline.db").exists());
    text(&output.stderr)
}

/// The same server again, on what is there now.
fn serves_again(data: &Path) {
    assert!(serve(data).stop().0.success());
}

#[tokio::test]
async fn a_file_that_is_moved_or_deleted_takes_nothing_with_it() {
    for is_deleted in [true, false] {
        let mut house = House::open().await;
        let elsewhere = house.folder.path().join("elsewhere.db");
        if is_deleted {
            fs::remove_file(house.database()).unwrap();
        } else {
            fs::rename(house.database(), &elsewhere).unwrap();
        }
        assert_eq!(house.guest.goes_on().await, 0);
        let data = house.data();
        let said = last_words(house.server);
        let rescued = data.join("seatline.db.rescued-1");
        assert!(
            said.contains("was moved or deleted") && said.contains(rescued.to_str().unwrap()),
            "{said}"
        );
        assert_eq!(said.contains(elsewhere.to_str().unwrap()), !is_deleted, "{said}");
        assert!(messages_in(&rescued).await >= house.guest.acknowledged.len());

        let said = refused(&data);
        assert!(
            said.contains("is gone") && said.contains("seatline restore") && said.contains("--new"),
            "{said}"
        );
        run(&data, &["restore", rescued.to_str().unwrap()]);
        serves_again(&data);
        assert!(messages_in(&data.join("seatline.db")).await >= house.guest.acknowledged.len());
    }
}

#[tokio::test]
async fn it_is_noticed_while_nobody_says_anything() {
    let house = House::open().await;
    fs::remove_file(house.database()).unwrap();
    assert!(last_words(house.server).contains("was moved or deleted"));
}

#[tokio::test]
async fn a_file_put_in_its_place_is_left_as_it_is() {
    let mut house = House::open().await;
    let backup = fs::read(house.backup()).unwrap();
    fs::rename(house.backup(), house.database()).unwrap();
    assert_eq!(house.guest.goes_on().await, 0);
    let (data, database) = (house.data(), house.database());
    let said = last_words(house.server);
    assert!(said.contains("another file was put in the place"), "{said}");
    assert!(messages_in(&data.join("seatline.db.rescued-1")).await >= house.guest.acknowledged.len());
    assert!(fs::read(&database).unwrap() == backup);
    serves_again(&data);
    assert_eq!(messages_in(&database).await, 0);
}

#[tokio::test]
async fn a_backup_copied_over_it_is_left_as_it_is() {
    let mut house = House::open().await;
    let backup = fs::read(house.backup()).unwrap();
    // Written into the same file.
    fs::copy(house.backup(), house.database()).unwrap();
    assert_eq!(house.guest.goes_on().await, 0);
    let (data, database) = (house.data(), house.database());
    let said = last_words(house.server);
    assert!(said.contains("another program wrote into"), "{said}");
    assert!(fs::read(&database).unwrap() == backup);
    serves_again(&data);
    assert_eq!(messages_in(&database).await, 0);
}

#[tokio::test]
async fn a_file_that_is_emptied_is_not_taken_for_a_new_one() {
    let mut house = House::open().await;
    fs::File::create(house.database()).unwrap();
    assert_eq!(house.guest.goes_on().await, 0);
    let (data, database) = (house.data(), house.database());
    last_words(house.server);
    let output = seatline(&data, &["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert!(text(&output.stderr).contains("is gone"), "{}", text(&output.stderr));
    assert_eq!(fs::metadata(database).unwrap().len(), 0);
}

#[tokio::test]
async fn a_log_that_is_deleted_takes_nothing_with_it() {
    for part in ["seatline.db-wal", "seatline.db-shm"] {
        let mut house = House::open().await;
        fs::remove_file(house.data().join(part)).unwrap();
        assert_eq!(house.guest.goes_on().await, 0);
        let (data, database) = (house.data(), house.database());
        let said = last_words(house.server);
        assert!(said.contains(part), "{said}");
        serves_again(&data);
        assert!(messages_in(&database).await >= house.guest.acknowledged.len());
    }
}

#[tokio::test]
async fn a_folder_that_is_renamed_keeps_everything() {
    let mut house = House::open().await;
    let renamed = house.folder.path().join("renamed");
    fs::rename(house.data(), &renamed).unwrap();
    assert_eq!(house.guest.goes_on().await, 0);
    let data = house.data();
    let said = last_words(house.server);
    assert!(said.contains(renamed.join("seatline.db").to_str().unwrap()), "{said}");
    serves_again(&renamed);
    assert!(messages_in(&renamed.join("seatline.db")).await >= house.guest.acknowledged.len());
    assert!(!data.join("seatline.db").exists());
}

#[tokio::test]
async fn a_new_database_is_made_in_the_place_of_one_that_is_gone_only_if_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    serves_again(data);
    let said = seatline(data, &["serve", "--new"]).output().unwrap();
    assert!(
        text(&said.stderr).contains("there is a database at"),
        "{}",
        text(&said.stderr)
    );

    fs::remove_file(data.join("seatline.db")).unwrap();
    fs::write(data.join("seatline.db-wal"), "the log of a server that was killed").unwrap();
    assert!(refused(data).contains("is gone"));
    let anew = serve_with(data, &["--new"]);
    assert!(anew.stop().1.contains("Password"));
    assert!(data.join("seatline.db.replaced-1-wal").exists());
    serves_again(data);
}

/// A database of its own in that server: a connection to the server, its name, its URL.
async fn postgres(server: &str, name: &str) -> (PgConnection, String, String) {
    let database = format!("{name}_{}", std::process::id());
    let mut conn = PgConnection::connect(server).await.unwrap();
    does(&mut conn, format!("CREATE DATABASE {database}")).await;
    let (before, query) = server.split_once('?').unwrap_or((server, ""));
    let url = format!("{}/{database}?{query}", before.rsplit_once('/').unwrap().0);
    (conn, database, url)
}

async fn does(conn: &mut PgConnection, sql: String) {
    conn.execute(AssertSqlSafe(sql)).await.unwrap();
}

#[tokio::test]
async fn a_database_of_postgresql_that_is_taken_away_ends_the_server() {
    let Some(postgres_server) = postgres_server() else {
        return;
    };
    for taken in ["dropped", "renamed", "made_anew", "emptied"] {
        let (mut conn, database, url) = postgres(&postgres_server, taken).await;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let server = serve_with(data, &["--database-url", &url]);
        let mut guest = Guest::of(&server, &site_key(&["--database-url", &url], data)).await;
        assert!(guest.says("before").await);
        match taken {
            "renamed" => {
                does(&mut conn, format!("ALTER DATABASE {database} ALLOW_CONNECTIONS false")).await;
                let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
                sqlx::query(end).bind(&database).execute(&mut conn).await.unwrap();
                // Until all of them are gone it may not be renamed.
                let rename = format!("ALTER DATABASE {database} RENAME TO {database}_old");
                let renamed = async { while conn.execute(AssertSqlSafe(rename.clone())).await.is_err() {} };
                tokio::time::timeout(PATIENCE, renamed).await.unwrap();
            }
            "emptied" => {
                let mut inside = PgConnection::connect(&url).await.unwrap();
                does(
                    &mut inside,
                    "DROP SCHEMA public CASCADE; CREATE SCHEMA public".to_owned(),
                )
                .await;
            }
            _ => does(&mut conn, format!("DROP DATABASE {database} WITH (FORCE)")).await,
        }
        if taken == "made_anew" {
            does(&mut conn, format!("CREATE DATABASE {database}")).await;
        }
        assert_eq!(guest.goes_on().await, 0, "{taken}");
        let said = last_words(server);
        assert!(
            said.contains("was dropped or renamed") && said.contains(&database),
            "{said}"
        );
    }
}
