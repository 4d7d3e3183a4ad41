//! PostgreSQL is restarted under load, as an administrator or a crash would: writes fail cleanly, service resumes by itself.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::sleep;

/// The program with which `scripts/with-postgres` lets its server be stopped and started.
const CONTROL: &str = "SEATLINE_TEST_POSTGRES_CONTROL";

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
    crowd.acknowledges(100).await?;
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
