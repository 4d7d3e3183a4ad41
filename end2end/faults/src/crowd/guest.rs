//! What a guest does.

use super::player::Actor;
use super::{Phase, Plan};
use rig::client::Client;
use rig::dice::Dice;
use rig::guest::Page;
use serde_json::json;
use std::time::Duration;

/// Messages a guest may have under way.
const WINDOW: usize = 8;

#[derive(Debug)]
pub(crate) struct Visitor {
    plan: Plan,
    said: u64,
}

impl Visitor {
    pub(crate) const fn new(plan: Plan) -> Self {
        Self { plan, said: 0 }
    }

    async fn say(&mut self, guest: &mut Client<Page>, dice: &mut Dice) {
        if guest.memory.record.sent.open() >= WINDOW {
            return;
        }
        self.said = self.said.saturating_add(1);
        let length = usize::try_from(dice.below(200)).unwrap_or_default();
        let text = format!("guest says {} {}", self.said, "·".repeat(length));
        guest.say(dice.uuid(), &text).await;
    }

    async fn small(guest: &mut Client<Page>, dice: &mut Dice) {
        let last = guest.memory.history().map_or(0, rig::history::History::last);
        let frame = match dice.below(5) {
            0 => json!({"type": "typing", "text": "and in gre"}),
            1 => json!({"type": "read", "seq": last}),
            2 => json!({"type": "delivered", "seq": last}),
            3 => json!({"type": "contact", "name": "Wang", "contact": "wang@example.org"}),
            _ => json!({"type": "page", "url": "http://shop.example/cart", "title": "Cart", "referrer": ""}),
        };
        guest.send(&frame).await;
    }
}

impl Actor<Page> for Visitor {
    fn pause(&self) -> Duration {
        self.plan.pause
    }

    async fn act(&mut self, guest: &mut Client<Page>, dice: &mut Dice, phase: Phase) {
        if phase != Phase::Busy {
            return;
        }
        let is_open = matches!(guest.memory.state(), "seated" | "waiting");
        match dice.below(100) {
            0..4 if self.plan.restless => guest.cut(),
            4..6 if self.plan.restless && is_open => guest.send(&json!({"type": "leave"})).await,
            6..30 if !is_open => guest.start().await,
            30..45 => Self::small(guest, dice).await,
            _ => self.say(guest, dice).await,
        }
    }
}
