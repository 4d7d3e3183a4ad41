//! Decisions of the dispatcher on its own, with a short and with a long line.
//!
//! 1,000 agents hold one conversation each. Again and again one of them is closed, which seats the first in line, and a
//! new guest arrives at its end; both are decisions, and the line stays as long as it was.
#![allow(clippy::expect_used, reason = "a benchmark stops where it cannot go on")]

use crate::figure::{Figure, Must, rounded};
use dispatch::{Decision, Dispatcher, Event, Settings};
use domain::{
    AgentSpec, ConversationId, ConversationState, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId, Timestamp,
};
use std::collections::VecDeque;
use std::time::Instant;
use uuid::Uuid;

const AGENTS: i64 = 1_000;
const ROUNDS: u32 = 200_000;
const SHORT: u32 = 1_000;
const LONG: u32 = 100_000;
const GROUP: GroupId = GroupId(1);

struct Room {
    dispatcher: Dispatcher,
    now: i64,
    next: u128,
    /// Who sits where, in the order of seating.
    seated: VecDeque<(ConversationId, MemberId, Epoch)>,
    decisions: Vec<Decision>,
}

impl Room {
    fn with_line_of(waiting: u32) -> Self {
        let mut room = Self {
            dispatcher: Dispatcher::new(Settings::default()),
            now: 0,
            next: 0,
            seated: VecDeque::new(),
            decisions: Vec::new(),
        };
        let group = GroupSpec {
            id: GROUP,
            last_agent_first: false,
            line_max: None,
            wait_ms_max: None,
            overflow: None,
        };
        room.handle(Event::Group(group));
        for id in 1..=AGENTS {
            let agent = MemberId(id);
            let spec = AgentSpec {
                id: agent,
                seats: 1,
                duty: Duty::On,
                groups: vec![GROUP],
                last_seated_at: Timestamp(0),
            };
            room.handle(Event::Agent(spec));
            room.handle(Event::AgentConnected { agent });
        }
        for _ in 0..AGENTS + i64::from(waiting) {
            room.arrive();
        }
        room
    }

    fn handle(&mut self, event: Event) -> usize {
        self.decisions.clear();
        self.dispatcher
            .handle(self.now, event, &mut self.decisions)
            .expect("the event is in order");
        for decision in &self.decisions {
            let Decision::Placed { conversation, .. } = decision else {
                continue;
            };
            let placement = self.dispatcher.placement(*conversation).expect("just placed");
            if let (ConversationState::Seated, Some(agent)) = (placement.state, placement.agent) {
                self.seated.push_back((*conversation, agent, placement.epoch));
            }
        }
        self.decisions
            .iter()
            .filter(|decision| matches!(decision, Decision::Placed { .. }))
            .count()
    }

    fn arrive(&mut self) -> usize {
        self.next += 1;
        let (conversation, guest) = (
            ConversationId(Uuid::from_u128(self.next)),
            GuestId(Uuid::from_u128(self.next)),
        );
        self.handle(Event::Arrive {
            conversation,
            guest,
            group: GROUP,
            priority: 0,
            last_agent: None,
        })
    }

    fn close_oldest(&mut self) -> usize {
        let (conversation, agent, epoch) = self.seated.pop_front().expect("all seats are taken");
        self.handle(Event::Close {
            conversation,
            agent,
            epoch,
        })
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as every other figure")]
pub(crate) fn decisions() -> anyhow::Result<Vec<Figure>> {
    let (short, long) = (per_second(SHORT), per_second(LONG));
    Ok(vec![
        Figure {
            name: "decisions, 100,000 waiting, 1,000 agents",
            value: long,
            unit: "per s",
            must: Must::AtLeast(500_000.0),
            aim: 2_000_000.0,
            by: "dispatch",
            cpu: None,
            note: String::new(),
        },
        Figure {
            name: "time of a decision, 100,000 to 1,000 waiting",
            value: short / long,
            unit: "×",
            must: Must::AtMost(1.5),
            aim: 1.0,
            by: "dispatch",
            cpu: None,
            note: format!("{} per s with 1,000 waiting", rounded(short)),
        },
    ])
}

/// The best of three, so that somebody else's work on the machine does not count.
fn per_second(waiting: u32) -> f64 {
    let rate = |_| {
        let mut room = Room::with_line_of(waiting);
        let (mut decisions, began) = (0_usize, Instant::now());
        for _ in 0..ROUNDS {
            decisions += room.close_oldest();
            decisions += room.arrive();
        }
        decisions as f64 / began.elapsed().as_secs_f64()
    };
    (0..3).map(rate).fold(0.0, f64::max)
}
