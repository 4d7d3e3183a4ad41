//! Opening: what is refused, in which words, and that it is left alone.

use crate::world::{ODD_TEXT, World, guest_says, postgres_url};
use domain::{Message, Seq};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::path::Path;
use std::time::Duration;
use store::write::Write;
use store::{ServeLock, Store, StoreConfig, StoreError};
use tempfile::TempDir;

on_both! {
    async fn an_open_database_answers(world: &World) {
        world.store.ping().await.unwrap();
    }

    async fn a_closed_database_is_not_available(world: &World) {
        world.store.close().await;
        assert!(matches!(world.store.ping().await, Err(StoreError::Unavailable(_))));
    }

    async fn what_was_stored_is_there_after_opening_again(world: &World) {
        let agent = world.agent("agent").await;
        let again = Store::open(&world.config).await.unwrap();
        assert_eq!(again.member(agent.id).await.unwrap(), Some(agent));
        again.close().await;
    }

    async fn a_newer_schema_is_refused(world: &World) {
        world.tamper(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', TRUE, '', 0)",
        )
        .await;
        let refused = Store::open(&world.config).await.unwrap_err();
        assert!(matches!(refused, StoreError::Newer { version: 9999 }), "{refused:?}");
        assert!(refused.to_string().contains("newer version of Seatline"));
    }

    async fn an_altered_migration_is_refused(world: &World) {
        world.tamper("UPDATE _sqlx_migrations SET checksum = '' WHERE version = 1").await;
        let refused = Store::open(&world.config).await.unwrap_err();
        assert!(matches!(refused, StoreError::Altered { version: 1 }), "{refused:?}");
    }

    async fn a_database_of_the_first_schema_keeps_its_messages(world: &World) {
        let conversation = world.conversation().await.conversation;
        world.say(conversation, 1, &["one", ODD_TEXT, "three"]).await;
        let before = world.store.messages_after(conversation, Seq(0), 10).await.unwrap();
        world.as_of_schema_1().await;
        let twice = Message { id: before[0].id, ..guest_says(conversation, 4, "with the id of the first") };
        let refused = world.write(vec![Write::Message(twice.clone())]).await;
        assert!(refused.is_err(), "it is not the first schema");

        let upgraded = Store::open(&world.config).await.unwrap();
        assert_eq!(upgraded.messages_after(conversation, Seq(0), 10).await.unwrap(), before);
        world.write(vec![Write::Message(twice.clone())]).await.unwrap();
        assert_eq!(upgraded.message_at(conversation, Seq(4)).await.unwrap(), Some(twice));
        upgraded.close().await;
    }

    async fn a_second_server_is_refused_while_the_first_one_runs(world: &World) {
        let first = ServeLock::take(&world.config).await.unwrap();
        let second = ServeLock::take_within(&world.config, Duration::ZERO).await.unwrap_err();
        assert!(matches!(second, StoreError::InUse { .. }), "{second:?}");
        assert!(second.to_string().contains("in use by another seatline"));
        // The command line works beside a server.
        Store::open(&world.config).await.unwrap().close().await;
        drop(first);
        ServeLock::take(&world.config).await.unwrap();
    }
}

async fn refused(path: &Path) -> StoreError {
    Store::open(&StoreConfig::sqlite(path)).await.unwrap_err()
}

/// A closed database file with something in it.
async fn database(folder: &TempDir) -> std::path::PathBuf {
    let path = folder.path().join("seatline.db");
    let store = Store::open(&StoreConfig::sqlite(&path)).await.unwrap();
    store.initialise(crate::world::NOW, "key").await.unwrap();
    store.close().await;
    path
}

#[tokio::test]
async fn the_folder_is_made_and_the_file_is_its_owners_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a/b/seatline.db");
    Store::open(&StoreConfig::sqlite(&path)).await.unwrap().close().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(path.exists());
}

#[tokio::test]
async fn a_newer_file_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = database(&folder).await;
    let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display()))
        .await
        .unwrap();
    conn.execute(
        "UPDATE _sqlx_migrations SET version = 9999 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)",
    )
    .await
    .unwrap();
    conn.close().await.unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(refused(&path).await, StoreError::Newer { version: 9999 }));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("seatline.db");
    let garbage = b"this is not a database, but a letter of some length to the editor".repeat(100);
    std::fs::write(&path, &garbage).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("seatline.db is damaged: file is not a database"),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), garbage);
}

#[tokio::test]
async fn a_damaged_page_is_found() {
    let folder = TempDir::new().unwrap();
    let path = database(&folder).await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xA5);
    std::fs::write(&path, &bytes).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn a_file_cut_short_is_found() {
    let folder = TempDir::new().unwrap();
    let path = database(&folder).await;
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn a_database_of_another_program_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cookies.db");
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    conn.execute("CREATE TABLE cookie (name TEXT)").await.unwrap();
    conn.close().await.unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, StoreError::NotSeatline { .. }), "{error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    for path in [file.join("seatline.db"), folder.path().to_owned()] {
        let error = refused(&path).await;
        assert!(matches!(error, StoreError::Unwritable { .. }), "{error:?}");
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        let lock = ServeLock::take(&StoreConfig::sqlite(file.join("seatline.db")))
            .await
            .unwrap_err();
        assert!(matches!(lock, StoreError::Unwritable { .. }), "{lock:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_the_password() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let config = StoreConfig::postgres(format!("postgres://seatline:secret@127.0.0.1:{port}/seatline"));
    for error in [
        Store::open(&config).await.unwrap_err(),
        ServeLock::take(&config).await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
        let sentence = error.to_string();
        assert!(sentence.contains(&format!("127.0.0.1:{port}/seatline")), "{sentence}");
        assert!(!sentence.contains("secret"), "{sentence}");
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_refused_in_the_servers_words() {
    let config = StoreConfig::postgres(postgres_url("no_such_database"));
    let error = Store::open(&config).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("does not exist"), "{error}");
}

#[tokio::test]
async fn what_is_no_url_is_refused() {
    for url in [
        "",
        "not a url",
        "mysql://localhost/seatline",
        "postgres://host:port/seatline",
    ] {
        let error = Store::open(&StoreConfig::postgres(url)).await.unwrap_err();
        assert!(matches!(error, StoreError::BadUrl { .. }), "{url}: {error:?}");
    }
}

/// The processes of PostgreSQL that hold the lock of the database that `conn` is in.
const HOLDERS: &str = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

/// As if PostgreSQL restarted: whoever holds the lock is cut off. Their processes.
async fn cut_holders_off(conn: &mut PgConnection) -> Vec<i32> {
    let cut: Vec<(i32, bool)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT pid, pg_terminate_backend(pid) FROM ({HOLDERS}) holders"
    )))
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    cut.into_iter().map(|(process, _)| process).collect()
}

#[tokio::test]
async fn a_lock_that_postgresql_forgot_is_taken_again() {
    let world = World::postgres().await;
    let mut lock = ServeLock::take(&world.config).await.unwrap();
    let mut conn = world.postgres_connection().await;
    let before = cut_holders_off(&mut conn).await;
    assert_eq!(before.len(), 1);
    let again = async {
        loop {
            let now: Vec<i32> = sqlx::query_scalar(HOLDERS).fetch_all(&mut conn).await.unwrap();
            if !now.is_empty() && now != before {
                return;
            }
        }
    };
    tokio::select! {
        () = again => {}
        error = lock.keep() => panic!("{error}"),
    }
    drop(lock);
    world.remove().await;
}

#[tokio::test]
async fn a_lock_that_another_server_took_meanwhile_is_lost() {
    let world = World::postgres().await;
    let mut lock = ServeLock::take(&world.config).await.unwrap();
    cut_holders_off(&mut world.postgres_connection().await).await;
    let other = ServeLock::take(&world.config).await.unwrap();
    let error = lock.keep().await;
    assert!(matches!(error, StoreError::InUse { .. }), "{error:?}");
    drop((lock, other));
    world.remove().await;
}
