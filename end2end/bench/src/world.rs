//! A server with what a figure needs in its database: made by SQL, since ten million messages are not typed.

use anyhow::Context as _;
use rig::database::Database;
use rig::house::House;
use rig::server::Launch;
use rig::usage::Usage;
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::wires::Dial;

/// The server is at rest if it uses no more than a clock tick of `/proc` for so long …
const STILL: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(10);

/// … and this is waited for it at the most.
const SETTLE_MOST: Duration = Duration::from_secs(5);

/// A server with its database in a folder of its own on the disk that `target` lies on.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) runtime: Runtime,
    pub(crate) house: House,
    agents: u32,
    _folder: TempDir,
}

/// Who and what is there before the server starts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seed {
    /// On duty, not connected.
    pub(crate) agents: u32,
    /// Of each.
    pub(crate) seats: u32,
    /// Held by the agents, as many as they have seats for; those without an agent wait.
    pub(crate) open: u32,
    /// Of each open conversation.
    pub(crate) messages: u32,
    /// Closed conversations of the past, of a hundred messages each.
    pub(crate) closed: u32,
}

/// Where data is made.
pub(crate) fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}

impl World {
    /// Starts a server on a database of that seed.
    pub(crate) fn new(seed: Seed) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(folder())?;
        let database = Database::at(folder.path().to_owned());
        // Whoever is put into a seat here shall stay there while nobody touches them.
        let launch = Launch::generous(&[
            "--accept-s",
            "86400",
            "--guest-gone-s",
            "86400",
            "--agent-grace-s",
            "86400",
        ]);
        let house = runtime.block_on(House::open_with(database, launch))?;
        let mut world = Self {
            runtime,
            house,
            agents: seed.agents,
            _folder: folder,
        };
        world.stop()?;
        world.plant(seed)?;
        world.start()?;
        Ok(world)
    }

    /// How long the server took until it listened.
    pub(crate) fn start(&mut self) -> anyhow::Result<Duration> {
        Ok(self.runtime.block_on(self.house.start())?)
    }

    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        self.runtime
            .block_on(self.house.terminate())
            .context("stopping the server")?;
        Ok(())
    }

    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        Ok(self.runtime.block_on(self.house.kill())?)
    }

    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        Ok(self.house.usage()?)
    }

    /// Waits until the server has done what was left to do. Where it never rests, as under the heartbeats of a crowd,
    /// that is taken to be so after [`SETTLE_MOST`].
    pub(crate) fn settle(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut before = self.usage()?;
        while began.elapsed() < SETTLE_MOST {
            std::thread::sleep(STILL);
            let now = self.usage()?;
            if now.cpu_since(&before) <= TICK {
                break;
            }
            before = now;
        }
        Ok(())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.house.address.get()
    }

    pub(crate) fn guest(&self) -> Dial {
        Dial::new(self.address(), format!("/ws/guest?site={}", self.house.site))
    }

    /// The desk of an agent, from 0.
    pub(crate) fn desk(&self, agent: u32) -> Dial {
        Dial {
            cookie: Some(format!("seatline_session={}", token(agent))),
            ..Dial::new(self.address(), "/ws/desk")
        }
    }

    pub(crate) const fn agents(&self) -> u32 {
        self.agents
    }

    fn plant(&mut self, seed: Seed) -> anyhow::Result<()> {
        self.runtime.block_on(async {
            let mut conn = self.house.database.intruder().await?;
            for pragma in [
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                "PRAGMA cache_size = -1000000",
            ] {
                sqlx::query(pragma).execute(&mut conn).await?;
            }
            sqlx::query("BEGIN").execute(&mut conn).await?;
            plant_agents(&mut conn, seed).await?;
            plant_talks(&mut conn, seed).await?;
            sqlx::query("COMMIT").execute(&mut conn).await?;
            sqlx::query("PRAGMA journal_mode = WAL").execute(&mut conn).await?;
            sqlx::Connection::close(conn).await?;
            anyhow::Ok(())
        })
    }
}

fn token(agent: u32) -> String {
    format!("bench-{agent}")
}

fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

async fn plant_agents(conn: &mut SqliteConnection, seed: Seed) -> anyhow::Result<()> {
    if seed.agents == 0 {
        return Ok(());
    }
    let sql = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)
        INSERT INTO member (id, login, login_key, name, password_hash, seats, duty, created_at)
        SELECT 1000 + i, 'bench-' || i, 'bench-' || i, 'Agent ' || i, '-', $2, 'on', $3 FROM n";
    sqlx::query(sql)
        .bind(seed.agents)
        .bind(seed.seats)
        .bind(now_ms())
        .execute(&mut *conn)
        .await?;
    let sql = "INSERT INTO auth_group_access (member_id, auth_group_id)
        SELECT member.id, auth_group.id FROM member, auth_group WHERE member.id >= 1000 AND auth_group.name = 'agents'";
    sqlx::query(sql).execute(&mut *conn).await?;
    let sql = "INSERT INTO member_group_access (member_id, member_group_id)
        SELECT id, (SELECT MIN(id) FROM member_group) FROM member WHERE id >= 1000";
    sqlx::query(sql).execute(&mut *conn).await?;
    for agent in 0..seed.agents {
        let sql = "INSERT INTO session (token_hash, member_id, created_at, last_used_at, expires_at)
            VALUES ($1, $2, $3, $3, $3 + 86400000)";
        let hash: [u8; 32] = Sha256::digest(token(agent)).into();
        sqlx::query(sql)
            .bind(hash.to_vec())
            .bind(1000 + agent)
            .bind(now_ms())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Conversations with their guests; ids are made of the number, so that messages find theirs.
async fn plant_talks(conn: &mut SqliteConnection, seed: Seed) -> anyhow::Result<()> {
    let talks = i64::from(seed.closed) + i64::from(seed.open);
    if talks == 0 {
        return Ok(());
    }
    let seats = i64::from(seed.agents) * i64::from(seed.seats);
    let sql = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)
        INSERT INTO guest (id, site_id, first_seen_at, last_seen_at, visits)
        SELECT CAST(printf('guest-%010d', i) AS BLOB), (SELECT MIN(id) FROM site), $2, $2, 1 FROM n";
    sqlx::query(sql).bind(talks).bind(now_ms()).execute(&mut *conn).await?;
    // The first are closed; then those who sit, one after the other with each agent; then those who wait.
    let sql = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1),
        t AS (SELECT i, i - $3 AS k, CASE WHEN i < $3 THEN 'closed' WHEN i - $3 < $4 THEN 'seated' ELSE 'waiting' END AS s FROM n)
        INSERT INTO conversation (id, site_id, guest_id, group_id, priority, ticket, epoch, state, since, agent_id,
            seat_reason, answered, returned, wait_reason, closed_by, bounces, guest_seen, created_at, service_ms,
            guest_read, agent_read)
        SELECT CAST(printf('talk--%010d', i) AS BLOB), (SELECT MIN(id) FROM site), CAST(printf('guest-%010d', i) AS BLOB),
            (SELECT MIN(id) FROM member_group), 0, i + 1, 1, s, $2, CASE s WHEN 'seated' THEN 1000 + k % MAX($5, 1) END,
            CASE s WHEN 'seated' THEN '{\"how\":\"least_busy\",\"on_duty\":1,\"overflow\":false,\"after\":null}' END,
            s = 'seated', 0, CASE s WHEN 'waiting' THEN 'arrived' END, CASE s WHEN 'closed' THEN 'agent' END, 0,
            s = 'seated', $2, CASE s WHEN 'closed' THEN 60000 END, 0, $6 FROM t";
    sqlx::query(sql)
        .bind(talks)
        .bind(now_ms())
        .bind(seed.closed)
        .bind(seats)
        .bind(seed.agents)
        .bind(seed.messages)
        .execute(&mut *conn)
        .await?;
    plant_messages(conn, 0, seed.closed.into(), 100).await?;
    plant_messages(conn, seed.closed.into(), talks, seed.messages.into()).await
}

/// So many messages in each of the conversations `from..to`; every other one is the guest's.
async fn plant_messages(conn: &mut SqliteConnection, from: i64, to: i64, each: i64) -> anyhow::Result<()> {
    if each == 0 || from == to {
        return Ok(());
    }
    let sql = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ($2 - $1) * $3)
        INSERT INTO message (conversation_id, seq, client_id, author, member_id, kind, body, at)
        SELECT CAST(printf('talk--%010d', $1 + i / $3) AS BLOB), i % $3 + 1, randomblob(16),
            CASE WHEN i % 2 = 0 THEN 'guest' ELSE 'agent' END,
            CASE WHEN i % 2 = 1 THEN (SELECT MAX(id) FROM member) END, 'text',
            printf('%0128d', i), $4 FROM n";
    sqlx::query(sql)
        .bind(from)
        .bind(to)
        .bind(each)
        .bind(now_ms())
        .execute(&mut *conn)
        .await?;
    Ok(())
}
