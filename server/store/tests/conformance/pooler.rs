//! `PgBouncer` before PostgreSQL: in session mode it works, in the others it is refused in one sentence.

use crate::world::World;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor, PgConnection};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use store::{ServeLock, Store, StoreConfig, StoreError, examine};
use tempfile::TempDir;

/// The program, and where its libraries are if `scripts/setup test` unpacked it.
fn program() -> (PathBuf, PathBuf) {
    let unpacked = PathBuf::from(std::env::var_os("SEATLINE_PROXIES").unwrap_or_default());
    let libraries = unpacked.join(format!("usr/lib/{}-linux-gnu", std::env::consts::ARCH));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = std::iter::once(unpacked.join("usr/sbin"))
        .chain(std::env::split_paths(&path))
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("pgbouncer"))
        .find(|program| program.is_file());
    (program.expect("PgBouncer: `scripts/setup test` unpacks it"), libraries)
}

/// One that runs before a database, on a socket of its own.
struct Pooler {
    process: Child,
    _folder: TempDir,
    url: String,
}

impl Pooler {
    async fn before(world: &World, settings: &str) -> Self {
        let StoreConfig::Postgres { url, .. } = &world.config else {
            unreachable!()
        };
        let (user, rest) = url.split_once("://").unwrap().1.split_once('@').unwrap();
        let (address, database) = rest.split('?').next().unwrap().split_once('/').unwrap();
        let (name, password) = user.split_once(':').unwrap();
        let (host, port) = address.split_once(':').unwrap();

        let folder = tempfile::tempdir().unwrap();
        // It does not run as root, and makes its socket there.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).unwrap();
        let config = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host={host} port={port} user={name} password={password}\n[pgbouncer]\nlisten_addr =\n\
             listen_port = 6432\nunix_socket_dir = {}\nauth_type = any\n{settings}\n",
            folder.path().display()
        );
        std::fs::write(&config, text).unwrap();
        let (program, libraries) = program();
        let mut command = Command::new(program);
        if is_root(folder.path()) {
            command.args(["-u", "nobody"]);
        }
        let process = command
            .arg(&config)
            .env("LD_LIBRARY_PATH", libraries)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!(
            "postgres://{user}@localhost/{database}?host={}&port=6432",
            folder.path().display()
        );
        let pooler = Self {
            process,
            _folder: folder,
            url,
        };
        pooler.is_there().await;
        pooler
    }

    async fn is_there(&self) {
        for _ in 0..200 {
            if self.connect().await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PgBouncer does not answer");
    }

    /// Another program's connection.
    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        let options: PgConnectOptions = self.url.parse()?;
        options.extra_float_digits(None::<i8>).connect().await
    }

    fn config(&self) -> StoreConfig {
        StoreConfig::postgres(&self.url)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Whether we are, whose the folder is that we made.
fn is_root(made: &Path) -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(made).unwrap()) == 0
}

/// Locks of servers in the database.
async fn locks(world: &World) -> i64 {
    let mut conn = world.postgres_connection().await;
    let sql = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
}

#[tokio::test]
async fn a_pool_that_shares_sessions_is_refused_in_one_sentence_and_no_lock_is_left_in_it() {
    let Some(world) = World::postgres().await else { return };
    for settings in [
        "pool_mode = transaction",
        "pool_mode = transaction\nserver_round_robin = 1",
        // What is set in a session is gone after each transaction.
        "pool_mode = transaction\nserver_reset_query = DISCARD ALL\nserver_reset_query_always = 1",
        "pool_mode = transaction\ndefault_pool_size = 1",
        "pool_mode = statement",
    ] {
        let pooler = Pooler::before(&world, settings).await;
        for others in 0..3 {
            if others > 0 && settings.contains("transaction") && !settings.contains("default_pool_size") {
                // So many sessions, and one more.
                let mut busy = Vec::new();
                for _ in 0..=others {
                    let mut conn = pooler.connect().await.unwrap();
                    conn.execute(sqlx::raw_sql("BEGIN; SELECT 1")).await.unwrap();
                    busy.push(conn);
                }
                for conn in &mut busy {
                    conn.execute(sqlx::raw_sql("COMMIT")).await.unwrap();
                }
            }
            let said = [
                Store::open(&pooler.config()).await.unwrap_err(),
                ServeLock::take(&pooler.config()).await.unwrap_err(),
                examine::examine(&pooler.config()).await.unwrap_err(),
            ];
            for error in said {
                assert!(matches!(error, StoreError::Unsuitable { .. }), "{settings}: {error:?}");
                assert!(error.to_string().contains("pool_mode = session"), "{settings}: {error}");
            }
            assert_eq!(locks(&world).await, 0, "{settings}");
        }
    }
    world.remove().await;
}

#[tokio::test]
async fn through_a_pool_of_sessions_a_server_works_and_is_the_only_one() {
    let Some(world) = World::postgres().await else { return };
    let pooler = Pooler::before(&world, "pool_mode = session").await;
    let mut lock = ServeLock::take(&pooler.config()).await.unwrap();
    let store = Store::open(&pooler.config()).await.unwrap();
    let agent = world.agent("agent").await;
    assert_eq!(store.member(agent.id).await.unwrap(), Some(agent));
    for config in [&world.config, &pooler.config()] {
        let second = ServeLock::take_within(config, Duration::ZERO).await;
        assert!(matches!(second, Err(StoreError::InUse { .. })), "{second:?}");
    }
    let kept = tokio::time::timeout(Duration::from_secs(3), lock.keep()).await;
    assert!(kept.is_err(), "{kept:?}");
    assert_eq!(locks(&world).await, 1);

    drop(lock);
    // Another server finds it free, although the pooler keeps the session.
    let next = ServeLock::take(&pooler.config()).await.unwrap();
    drop((next, store));
    world.remove().await;
}

#[tokio::test]
async fn a_pool_without_room_for_a_second_connection_is_told_what_is_needed() {
    let Some(world) = World::postgres().await else { return };
    let pooler = Pooler::before(
        &world,
        "pool_mode = session\ndefault_pool_size = 1\nquery_wait_timeout = 1",
    )
    .await;
    let error = Store::open(&pooler.config()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unsuitable { .. }), "{error:?}");
    let said = error.to_string();
    assert!(
        said.contains("no second connection") && said.contains("up to 12"),
        "{said}"
    );
    world.remove().await;
}
