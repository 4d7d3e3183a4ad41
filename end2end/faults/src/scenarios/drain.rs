//! SIGTERM under load: it ends by itself within ten seconds, everybody is told and comes back, nothing is lost.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::time::Duration;

/// The close code `restarting`.
const RESTARTING: u16 = 4503;

const LONGEST: Duration = Duration::from_secs(10);

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let plan = Plan {
        restless: false,
        ..Plan::default()
    };
    let clients = plan.guests + plan.agents;
    let crowd = Crowd::gather(&mut house, plan, &dice).await?;
    let mut slowest = Duration::ZERO;
    for round in 1..=context.size(2, 20) {
        crowd.acknowledges(100 + dice.below(200)).await?;
        // Everybody is connected when this is known of everybody.
        let before = crowd.evidence().await?.closed(RESTARTING);
        let (status, took) = house.terminate().await?;
        slowest = slowest.max(took);
        outcome.injected += 1;
        outcome.expect(status.success() && took <= LONGEST, || {
            format!("it ended with {status} after {took:?}")
        });
        house.start().await?;
        let told = crowd.evidence().await?.closed(RESTARTING) - before;
        outcome.expect(told == clients, || {
            format!("{told} of {clients} were told that it restarts, in round {round}")
        });
    }
    outcome.note(format!("slowest end {} ms", slowest.as_millis()));
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}
