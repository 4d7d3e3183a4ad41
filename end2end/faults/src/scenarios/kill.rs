//! `kill -9` at random instants under load, also between write and acknowledgement; clients resume.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::time::Duration;
use tokio::time::sleep;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let crowd = Crowd::gather(&mut house, Plan::default(), &dice).await?;
    let mut slowest = Duration::ZERO;
    for _ in 0..context.kills {
        // Under way again, and then at any instant: right after an acknowledgement, or some time into the next ones.
        crowd.acknowledges(dice.below(120) + 1).await?;
        sleep(dice.between(Duration::ZERO, Duration::from_millis(4))).await;
        house.kill().await?;
        outcome.injected += 1;
        slowest = slowest.max(house.start().await?);
    }
    crowd.acknowledges(50).await?;
    outcome.note(format!("slowest start {} ms", slowest.as_millis()));
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}
