//! A room with every seat taken and a line: for the count of instructions here, and for `make bench`.

use dispatch::{Decision, Dispatcher, Event, Settings};
use domain::{
    AgentSpec, ConversationId, ConversationState, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId, Timestamp,
};
use std::collections::VecDeque;
use uuid::Uuid;

/// Each with one seat.
const AGENTS: i64 = 1_000;
const GROUP: GroupId = GroupId(1);

pub(crate) struct Room {
    dispatcher: Dispatcher,
    now: i64,
    next: u128,
    /// Who sits where, in the order of seating.
    seated: VecDeque<(ConversationId, MemberId, Epoch)>,
    decisions: Vec<Decision>,
}

impl Room {
    /// Every seat is taken, and so many wait.
    pub(crate) fn with_line_of(waiting: u32) -> Self {
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
            if let (ConversationState::Seated, Some(agent)) = (placement.state(), placement.agent()) {
                self.seated.push_back((*conversation, agent, placement.epoch));
            }
        }
        self.decisions
            .iter()
            .filter(|decision| matches!(decision, Decision::Placed { .. }))
            .count()
    }

    /// How many conversations were placed.
    pub(crate) fn arrive(&mut self) -> usize {
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

    /// How many conversations were placed.
    pub(crate) fn close_oldest(&mut self) -> usize {
        let (conversation, agent, epoch) = self.seated.pop_front().expect("all seats are taken");
        self.handle(Event::Close {
            conversation,
            agent,
            epoch,
        })
    }
}
