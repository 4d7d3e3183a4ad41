//! What an agent does.

use super::player::Actor;
use super::{Phase, Plan};
use rig::client::Client;
use rig::desk::Workbench;
use rig::dice::Dice;
use rig::house::Agent;
use rig::socket::Lost;
use rig::text;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// Messages an agent may have under way.
const WINDOW: usize = 16;

#[derive(Debug)]
pub(crate) struct Worker {
    agent: Agent,
    plan: Plan,
    said: u64,
}

impl Worker {
    pub(crate) const fn new(agent: Agent, plan: Plan) -> Self {
        Self { agent, plan, said: 0 }
    }

    async fn say(&mut self, desk: &mut Client<Workbench>, conversation: Uuid, dice: &mut Dice) {
        if desk.memory.record.sent.open() >= WINDOW {
            return;
        }
        self.said = self.said.saturating_add(1);
        let text = format!("{} says {}", self.agent.login, self.said);
        desk.say(conversation, dice.uuid(), &text).await;
    }

    async fn work(&mut self, desk: &mut Client<Workbench>, dice: &mut Dice) {
        let held: Vec<Uuid> = desk.memory.held.keys().copied().collect();
        let one = dice.pick(&held).copied();
        match (dice.below(100), one) {
            (0..2, _) if self.plan.restless => desk.cut(),
            (2..5, Some(one)) if self.plan.restless => desk.act("close", one).await,
            (5..10, Some(one)) => desk.act("accept", one).await,
            (10..14, _) if text(&desk.memory.me, "duty") != "on" => desk.duty("on").await,
            (14..16, _) if self.plan.changes_duty => desk.duty("break").await,
            (16, _) if self.plan.changes_duty => desk.duty("off").await,
            (17..21, _) => {
                let missed = desk.memory.missed_ids();
                if let Some(missed) = dice.pick(&missed) {
                    desk.claim(*missed).await;
                }
            }
            (21..25, Some(one)) => {
                let last = desk
                    .memory
                    .record
                    .histories
                    .get(&one)
                    .map_or(0, rig::history::History::last);
                desk.send(&json!({"type": "read", "conversation": one, "seq": last}))
                    .await;
            }
            (_, Some(one)) => self.say(desk, one, dice).await,
            (_, None) => {}
        }
    }
}

impl Actor<Workbench> for Worker {
    /// An agent has as much to do as the guests who are talked to.
    fn pause(&self) -> Duration {
        self.plan.pause / self.plan.seats.max(1)
    }

    async fn act(&mut self, desk: &mut Client<Workbench>, dice: &mut Dice, phase: Phase) {
        match phase {
            Phase::Busy => self.work(desk, dice).await,
            // Whoever is to be judged is on duty: nobody may wait beside a free seat.
            Phase::Quiet if text(&desk.memory.me, "duty") != "on" => desk.duty("on").await,
            Phase::Quiet => {}
            Phase::Closing => {
                let held: Vec<Uuid> = desk.memory.held.keys().copied().collect();
                if let Some(one) = dice.pick(&held) {
                    desk.act("close", *one).await;
                }
            }
        }
    }

    /// A session that has ended is begun anew.
    async fn refused(&mut self, desk: &mut Client<Workbench>, lost: &Lost) -> bool {
        if !matches!(lost, Lost::Closed(4401) | Lost::Refused(401)) {
            return false;
        }
        let caller = self.agent.caller.clone();
        // Who may not log in now, because they are disabled, may be allowed to later.
        if let Ok(caller) = caller.log_in(&self.agent.login, &self.agent.password).await {
            caller.cookie().unwrap_or_default().clone_into(&mut desk.memory.cookie);
            self.agent.caller = caller;
        }
        true
    }
}
