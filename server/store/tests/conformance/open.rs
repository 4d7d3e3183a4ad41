//! Opening: what is refused, in which words, and that it is left alone.

use crate::world::{ODD_TEXT, World, guest_says, is_without_postgres, postgres_url};
use domain::{Message, Seq};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
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
    if is_without_postgres() {
        return;
    }
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
    let Some(world) = World::postgres().await else { return };
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
    let Some(world) = World::postgres().await else { return };
    let mut lock = ServeLock::take(&world.config).await.unwrap();
    cut_holders_off(&mut world.postgres_connection().await).await;
    let other = ServeLock::take(&world.config).await.unwrap();
    let error = lock.keep().await;
    assert!(matches!(error, StoreError::InUse { .. }), "{error:?}");
    drop((lock, other));
    world.remove().await;
}

/// Why a database of that URL is not opened, nor its lock taken.
async fn unsuitable(url: &str) -> String {
    let config = StoreConfig::postgres(url);
    let open = Store::open(&config).await.unwrap_err().to_string();
    if let Err(lock) = ServeLock::take(&config).await {
        assert_eq!(lock.to_string(), open);
    }
    open
}

/// The same server's URL for another role, whose password is this.
fn as_role(url: &str, role: &str, password: &str) -> String {
    let (_, rest) = url.split_once('@').unwrap();
    format!("postgres://{role}:{password}@{rest}")
}

#[tokio::test]
async fn a_database_that_cannot_hold_every_language_is_refused() {
    if is_without_postgres() {
        return;
    }
    for encoding in ["SQL_ASCII", "LATIN1"] {
        let name = format!("encoded_{}", uuid::Uuid::new_v4().simple());
        let mut server = PgConnection::connect(&postgres_url("postgres")).await.unwrap();
        let sql = format!("CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0");
        server.execute(AssertSqlSafe(sql)).await.unwrap();
        let said = unsuitable(&postgres_url(&name)).await;
        assert!(said.contains(encoding) && said.contains("ENCODING 'UTF8'"), "{said}");
        server
            .execute(AssertSqlSafe(format!("DROP DATABASE {name}")))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_standby_is_refused_with_a_word_of_the_primary() {
    if is_without_postgres() {
        return;
    }
    let program = std::env::var("SEATLINE_TEST_POSTGRES_STANDBY").expect("what scripts/with-postgres says");
    let mut standby = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(standby.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    let said = unsuitable(url.trim()).await;
    drop(standby.stdin.take());
    standby.wait().unwrap();
    assert!(said.contains("standby") && said.contains("primary"), "{said}");
}

#[tokio::test]
async fn a_role_that_may_not_create_or_write_is_told_what_to_grant_and_passwords_are_what_they_are() {
    let Some(world) = World::postgres().await else { return };
    let StoreConfig::Postgres { url, .. } = &world.config else {
        unreachable!()
    };
    let empty = format!("empty_{}", uuid::Uuid::new_v4().simple());
    let role = format!("role_{}", uuid::Uuid::new_v4().simple());
    let mut server = PgConnection::connect(url).await.unwrap();
    for sql in [
        format!("CREATE DATABASE {empty}"),
        format!("CREATE ROLE {role} LOGIN PASSWORD '#@/%?: x'"),
    ] {
        server.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let url = as_role(&postgres_url(&empty), &role, "%23%40%2F%25%3F%3A%20x");
    let mut inside = PgConnection::connect(&postgres_url(&empty)).await.unwrap();
    inside
        .execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        .await
        .unwrap();
    let said = Store::open(&StoreConfig::postgres(&url)).await.unwrap_err().to_string();
    assert_eq!(said.matches("permission denied").count(), 1, "{said}");
    assert!(said.contains("GRANT CREATE") && said.contains(&role), "{said}");

    let sql = format!("ALTER ROLE {role} SET default_transaction_read_only = on");
    server.execute(AssertSqlSafe(sql)).await.unwrap();
    let said = unsuitable(&url).await;
    assert!(said.contains("read-only"), "{said}");

    inside.close().await.unwrap();
    for sql in [
        format!("DROP DATABASE {empty} WITH (FORCE)"),
        format!("DROP ROLE {role}"),
    ] {
        server.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    server.close().await.unwrap();
    world.remove().await;
}

#[tokio::test]
async fn a_socket_is_as_good_as_an_address() {
    let Some(world) = World::postgres().await else { return };
    let StoreConfig::Postgres { url, .. } = &world.config else {
        unreachable!()
    };
    let mut conn = PgConnection::connect(url).await.unwrap();
    let sql = "SELECT current_setting('unix_socket_directories'), current_setting('port')";
    let (folder, port): (String, String) = sqlx::query_as(sql).fetch_one(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let (user, rest) = url.split_once("://").unwrap().1.split_once('@').unwrap();
    let database = rest.split_once('/').unwrap().1.split('?').next().unwrap();
    let by_socket = format!("postgres://{user}@/{database}?host={folder}&port={port}");
    let store = Store::open(&StoreConfig::postgres(by_socket)).await.unwrap();
    store.ping().await.unwrap();
    store.close().await;
    world.remove().await;
}

#[tokio::test]
async fn connections_are_encrypted_where_that_is_asked_for_and_the_certificate_checked() {
    let Some(world) = World::postgres().await else { return };
    let StoreConfig::Postgres { url, .. } = &world.config else {
        unreachable!()
    };
    let certificate = std::env::var("SEATLINE_TEST_POSTGRES_CERTIFICATE").unwrap();
    world.store.close().await;
    let encrypted =
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE pg_stat_ssl.ssl) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
                     WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for mode in [
        "sslmode=require".to_owned(),
        format!("sslmode=verify-full&sslrootcert={certificate}"),
    ] {
        let store = Store::open(&StoreConfig::postgres(format!("{url}?{mode}")))
            .await
            .unwrap();
        store.ping().await.unwrap();
        let mut conn = PgConnection::connect(url).await.unwrap();
        let (all, tls): (i64, i64) = sqlx::query_as(encrypted).fetch_one(&mut conn).await.unwrap();
        assert!(all > 0 && all == tls, "{mode}: {tls} of {all}");
        conn.close().await.unwrap();
        store.close().await;
    }
    // Nobody vouches for it.
    let refused = Store::open(&StoreConfig::postgres(format!("{url}?sslmode=verify-full")))
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("TLS failed"), "{refused}");
    world.remove().await;
}
