//! PostgreSQL is restarted under load, as an administrator or a crash would: writes fail cleanly, service resumes by itself,
//! and the server has its lock again, which PostgreSQL forgot.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::{Instant, sleep};

/// The program with which `scripts/with-postgres` lets its server be stopped and started.
const CONTROL: &str = "SEATLINE_TEST_POSTGRES_CONTROL";

/// How long the server may take to notice that its lock is gone, and to take it again.
const LOCK_PATIENCE: Duration = Duration::from_secs(15);

/// The processes that hold a lock of the database as servers do.
const HOLDERS: &str = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let crowd = Crowd::gather(&mut house, Plan::default(), &dice).await?;
    for _ in 0..context.size(1, 8) {
        crowd.acknowledges(100 + dice.below(200)).await?;
        let mode = if dice.chance(50) { "immediate" } else { "fast" };
        control(&["stop", "-m", mode]).await?;
        // How long the database is away.
        sleep(dice.between(Duration::ZERO, Duration::from_secs(3))).await;
        control(&["start"]).await?;
        outcome.injected += 1;
    }
    let restarted = Instant::now();
    let mut is_locked = false;
    while !is_locked && restarted.elapsed() < LOCK_PATIENCE {
        crowd.acknowledges(100).await?;
        is_locked = !house.database.rows::<(i32,)>(HOLDERS).await?.is_empty();
    }
    outcome.expect(is_locked, || "a second server could serve the same database".to_owned());
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

async fn control(arguments: &[&str]) -> Result<(), Failure> {
    let failed = |why: String| Failure::Machine {
        what: "stopping and starting PostgreSQL",
        why,
    };
    let program = std::env::var_os(CONTROL).ok_or_else(|| failed(format!("{CONTROL} is not set")))?;
    let done = Command::new(program).args(arguments).output().await;
    let done = done.map_err(|error| failed(error.to_string()))?;
    if done.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&done.stderr).into_owned()))
}
