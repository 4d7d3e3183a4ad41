//! The server stands still, as under SIGSTOP, a debugger or a machine that sleeps: what ran out meanwhile runs anew.

use super::{Context, close};
use crate::outcome::{Failure, Outcome};
use rig::desk::Workbench;
use rig::guest::Page;
use rig::house::House;
use rig::server::Launch;
use rig::text;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(15);

/// Longer than an agent has to accept, and than what the server takes for a stall.
const STALL: Duration = Duration::from_secs(7);

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let patience = ["--accept-s", "4", "--unstaffed-s", "1", "--guest-grace-s", "4"];
    let mut house = House::open(context.engine, Launch::generous(&patience)).await?;
    for round in 0..context.size(1, 5) {
        offered(&mut house, round, &mut outcome).await?;
        outcome.injected += 1;
    }
    close(&mut house, &mut outcome);
    house.close().await?;
    Ok(outcome)
}

/// A guest is offered to an agent, who takes them up after the stall.
async fn offered(house: &mut House, round: u64, outcome: &mut Outcome) -> Result<(), Failure> {
    let agent = house.agent(&format!("ada{round}"), 1, &[house.group]).await?;
    let mut desk = house.desk(&agent);
    desk.connect().await?;
    desk.duty("on").await;
    desk.until("the duty", PATIENCE, |desk: &Workbench| text(&desk.me, "duty") == "on")
        .await?;
    let mut guest = house.guest();
    guest.connect().await?;
    guest.start().await;
    guest
        .until("a seat", PATIENCE, |page: &Page| page.state() == "seated")
        .await?;

    house.server()?.freeze(true)?;
    sleep(STALL).await;
    house.server()?.freeze(false)?;

    guest.say(Uuid::from_u128(u128::from(round) + 1), "still here").await;
    let acknowledged = |page: &Page| page.record.sent.open() == 0;
    guest.until("the acknowledgement", PATIENCE, acknowledged).await?;
    desk.send(&json!({"type": "ping"})).await;
    let is_pong = |frame: &Value| (text(frame, "type") == "pong").then_some(());
    desk.find("a pong", PATIENCE, is_pong).await?;
    outcome.expect(guest.memory.state() == "seated", || {
        format!("the guest was moved in the stall, and is {}", guest.memory.state())
    });
    let is_away = desk.memory.me.get("away") == Some(&json!(true));
    outcome.expect(!is_away, || {
        "the agent counts as away for what ran out in the stall".to_owned()
    });

    guest.send(&json!({"type": "leave"})).await;
    guest
        .until("the end", PATIENCE, |page: &Page| page.state() == "closed")
        .await?;
    desk.duty("off").await;
    for violations in [&mut guest.memory.record.violations, &mut desk.memory.record.violations] {
        outcome.findings.append(violations);
    }
    guest.leave().await;
    desk.leave().await;
    Ok(())
}
