//! Agents who change duty and seats, leave their groups, log out and are disabled, in the middle of conversations.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::dice::Dice;
use rig::house::{Agent, House};
use rig::number;
use rig::server::Launch;
use serde_json::{Value, json};

const SEATS: u64 = 4;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&["--unstaffed-s", "2"])).await?;
    let plan = Plan {
        changes_duty: true,
        ..Plan::default()
    };
    let crowd = Crowd::gather(&mut house, plan, &dice).await?;
    for _ in 0..context.size(15, 200) {
        crowd.acknowledges(10 + dice.below(40)).await?;
        if let Some(agent) = dice.pick(&crowd.agents).cloned() {
            disturb(&mut house, &agent, &mut dice).await?;
            outcome.injected += 1;
        }
    }
    nobody_left(&mut house, &crowd).await?;
    outcome.injected += 1;
    calm(&mut house, &crowd).await?;
    crowd.acknowledges(100).await?;
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// All agents are as they were.
pub(super) async fn calm(house: &mut House, crowd: &Crowd) -> Result<(), Failure> {
    for agent in &crowd.agents {
        disable(house, agent, false).await?;
        change(house, agent, SEATS, true).await?;
    }
    Ok(())
}

/// One thing that happens to an agent.
pub(super) async fn disturb(house: &mut House, agent: &Agent, dice: &mut Dice) -> Result<(), Failure> {
    match dice.below(6) {
        0 => {
            disable(house, agent, true).await?;
            disable(house, agent, false).await
        }
        1 => {
            // By another session of theirs, which ends that one alone; the desk's own goes when the password does.
            let mut caller = agent.caller.clone().log_in(&agent.login, &agent.password).await?;
            caller.call("session/logout", json!({})).await?;
            Ok(())
        }
        2 => {
            // The desk's session; it logs in again. It may have ended before, by a 401 that is as good.
            agent.caller.clone().try_call("session/logout", json!({})).await?;
            Ok(())
        }
        3 => change(house, agent, dice.below(SEATS) + 1, false).await,
        _ => change(house, agent, dice.below(SEATS) + 1, true).await,
    }
}

async fn disable(house: &mut House, agent: &Agent, disabled: bool) -> Result<(), Failure> {
    let arguments = json!({"id": agent.id, "disabled": disabled});
    house.admin.call("member/set_disabled", arguments).await?;
    Ok(())
}

/// Other seats, and in the member group or not.
async fn change(house: &mut House, agent: &Agent, seats: u64, in_group: bool) -> Result<(), Failure> {
    let members = house.admin.call("member/list", json!({})).await?;
    let found = members
        .as_array()
        .into_iter()
        .flatten()
        .find(|member| number(member, "id") == agent.id);
    let auth_groups = found.and_then(|member| member.get("auth_groups")).cloned();
    let groups: Vec<i64> = in_group.then_some(house.group).into_iter().collect();
    let version = found.map(|member| number(member, "version"));
    let change = json!({"name": agent.login, "seats": seats, "groups": groups, "auth_groups": auth_groups});
    let arguments = json!({"id": agent.id, "version": version, "change": change});
    house.admin.call("member/update", arguments).await?;
    Ok(())
}

/// The member group loses everybody while guests wait in it, until those are missed; then they are back.
async fn nobody_left(house: &mut House, crowd: &Crowd) -> Result<(), Failure> {
    let everyone: Vec<i64> = crowd.agents.iter().map(|agent| agent.id).collect();
    set_members(house, json!([])).await?;
    crowd.acknowledges(200).await?;
    set_members(house, json!(everyone)).await
}

/// Has exactly these members in the member group.
async fn set_members(house: &mut House, members: Value) -> Result<(), Failure> {
    let groups = house.admin.call("member_group/list", json!({})).await?;
    let found = groups
        .as_array()
        .into_iter()
        .flatten()
        .find(|group| number(group, "id") == house.group);
    let version = found.map(|group| number(group, "version"));
    let arguments = json!({"id": house.group, "version": version, "change": {"name": "Service", "members": members}});
    house.admin.call("member_group/update", arguments).await?;
    Ok(())
}
