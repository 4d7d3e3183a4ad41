//! How many decisions a second the dispatcher makes on its own, with a short and with a long line: `make bench`.
//!
//! 1,000 agents hold one conversation each. Again and again one of them is closed, which seats the first in line, and a
//! new guest arrives at its end; both are decisions, and the line stays as long as it was.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a benchmark prints, reads the clock and stops where it cannot go on"
)]

use dispatch::{Decision, Dispatcher, Event, Settings};
use domain::{
    AgentSpec, ConversationId, ConversationState, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId, Timestamp,
};
use std::collections::VecDeque;
use std::time::Instant;
use uuid::Uuid;

const AGENTS: i64 = 1_000;
const ROUNDS: u32 = 200_000;
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

fn main() {
    for waiting in [1_000, 100_000] {
        let mut room = Room::with_line_of(waiting);
        let mut decisions = 0;
        let started = Instant::now();
        for _ in 0..ROUNDS {
            decisions += room.close_oldest();
            decisions += room.arrive();
        }
        let per_second = f64::from(u32::try_from(decisions).unwrap_or(u32::MAX)) / started.elapsed().as_secs_f64();
        println!("dispatch, {AGENTS} agents, {waiting} waiting: {per_second:.0} decisions/s");
    }
}
