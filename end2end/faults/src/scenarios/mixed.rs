//! One fault after the other on the same crowd, mixed at random by the seed.

use super::agents::{calm, disturb};
use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::dice::Dice;
use rig::house::House;
use rig::proxy::{Proxy, Weather};
use rig::server::Launch;
use std::time::Duration;
use tokio::time::sleep;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[]).survives_full_disks()).await?;
    let proxy = Proxy::before(house.address.clone()).await?;
    let plan = Plan {
        changes_duty: true,
        ..Plan::default()
    };
    let crowd = Crowd::gather_by(&mut house, plan, &dice, &proxy.address).await?;
    for _ in 0..context.size(6, 100) {
        crowd.acknowledges(1 + dice.below(80)).await?;
        strike(&mut house, &crowd, &proxy, &mut dice).await?;
        outcome.injected += 1;
    }
    calm(&mut house, &crowd).await?;
    crowd.acknowledges(100).await?;
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// One fault, over when this returns; the next one may meet clients that are still on their way back from it.
async fn strike(house: &mut House, crowd: &Crowd, proxy: &Proxy, dice: &mut Dice) -> Result<(), Failure> {
    let moment = dice.between(Duration::from_millis(10), Duration::from_millis(700));
    match dice.below(6) {
        0 => {
            house.kill().await?;
            house.start().await?;
        }
        1 => {
            house.terminate().await?;
            house.start().await?;
        }
        2 => {
            let weathers = [
                Weather::Swallow,
                Weather::Bytewise,
                Weather::Slow {
                    bytes_per_second: 4_000,
                },
            ];
            proxy.set(dice.pick(&weathers).copied().unwrap_or(Weather::Fair));
            // How long the weather is bad.
            sleep(moment).await;
            proxy.cut();
            proxy.set(Weather::Fair);
        }
        3 => {
            // As a machine that swaps, or a virtual one that is moved.
            house.server()?.freeze(true)?;
            // How long it stands still.
            sleep(moment).await;
            house.server()?.freeze(false)?;
        }
        4 => {
            // On PostgreSQL the server itself writes nothing, and does not notice.
            house.server()?.limit_files(Some(4_096))?;
            // How long the disk is full.
            sleep(moment).await;
            house.server()?.limit_files(None)?;
        }
        _ => {
            if let Some(agent) = dice.pick(&crowd.agents).cloned() {
                disturb(house, &agent, dice).await?;
            }
        }
    }
    Ok(())
}
