//! A house with agents and guests, so that a test can be read aloud.

use dispatch::{Decision, Dispatcher, Event, Refusal, Settings};
use domain::{
    AgentSpec, ConversationId, ConversationState, Duty, GroupId, GroupSpec, GuestId, MemberId, Placement, SeatReason,
    Timestamp,
};

pub const SALES: GroupId = GroupId(1);
pub const REPAIRS: GroupId = GroupId(2);
pub const ANNA: MemberId = MemberId(1);
pub const BEN: MemberId = MemberId(2);
pub const BOSS: MemberId = MemberId(9);
/// When the doors open.
pub const START: i64 = 1_800_000_000_000;

pub struct House {
    pub dispatcher: Dispatcher,
    pub now: i64,
    /// What the latest event led to.
    pub decisions: Vec<Decision>,
}

/// A group without particular rules.
pub fn plain(id: GroupId) -> GroupSpec {
    GroupSpec {
        id,
        last_agent_first: false,
        line_max: None,
        wait_ms_max: None,
        overflow: None,
    }
}

pub fn agent(id: MemberId, seats: u32, groups: &[GroupId]) -> AgentSpec {
    AgentSpec {
        id,
        seats,
        duty: Duty::On,
        groups: groups.to_vec(),
        last_seated_at: Timestamp(0),
    }
}

/// The guest whose name this is.
pub fn guest(name: &str) -> ConversationId {
    let bytes = name.bytes().fold(0_u128, |sum, byte| sum << 8 | u128::from(byte));
    ConversationId(uuid::Uuid::from_u128(bytes))
}

impl House {
    /// Sales and repairs, and nobody there.
    pub fn empty() -> Self {
        let mut house = Self {
            dispatcher: Dispatcher::new(Settings::default()),
            now: START,
            decisions: vec![],
        };
        house.rules(plain(SALES)).rules(plain(REPAIRS));
        house
    }

    /// Anna is at work in sales.
    pub fn with_anna(seats: u32) -> Self {
        let mut house = Self::empty();
        house.at_work(agent(ANNA, seats, &[SALES]));
        house
    }

    /// Anna and Ben are at work in sales.
    pub fn with_anna_and_ben(seats: u32) -> Self {
        let mut house = Self::with_anna(seats);
        house.at_work(agent(BEN, seats, &[SALES]));
        house
    }

    pub fn try_to(&mut self, event: Event) -> Result<(), Refusal> {
        self.decisions.clear();
        let result = self.dispatcher.handle(self.now, event, &mut self.decisions);
        self.dispatcher.check_invariants();
        result
    }

    pub fn happens(&mut self, event: Event) -> &mut Self {
        assert_eq!(self.try_to(event), Ok(()));
        self
    }

    pub fn rules(&mut self, spec: GroupSpec) -> &mut Self {
        self.happens(Event::Group(spec))
    }

    pub fn at_work(&mut self, spec: AgentSpec) -> &mut Self {
        let agent = spec.id;
        self.happens(Event::Agent(spec))
            .happens(Event::AgentConnected { agent })
    }

    pub fn duty(&mut self, agent: MemberId, duty: Duty) -> &mut Self {
        self.happens(Event::Duty { agent, duty })
    }

    pub fn loses_connection(&mut self, agent: MemberId) -> &mut Self {
        self.happens(Event::AgentDisconnected { agent })
    }

    pub fn is_back(&mut self, agent: MemberId) -> &mut Self {
        self.happens(Event::AgentConnected { agent })
    }

    pub fn arrives(&mut self, name: &str) -> &mut Self {
        self.arrives_for(SALES, name)
    }

    pub fn arrives_for(&mut self, group: GroupId, name: &str) -> &mut Self {
        self.happens(arrival(group, name, 0, None))
    }

    pub fn arrives_with_priority(&mut self, priority: i32, name: &str) -> &mut Self {
        self.happens(arrival(SALES, name, priority, None))
    }

    pub fn arrives_who_knows(&mut self, agent: MemberId, name: &str) -> &mut Self {
        self.happens(arrival(SALES, name, 0, Some(agent)))
    }

    pub fn says(&mut self, name: &str) -> &mut Self {
        self.happens(Event::GuestSaid {
            conversation: guest(name),
        })
    }

    pub fn goes_offline(&mut self, name: &str) -> &mut Self {
        self.happens(Event::GuestDisconnected {
            conversation: guest(name),
        })
    }

    pub fn comes_online(&mut self, name: &str) -> &mut Self {
        self.happens(Event::GuestConnected {
            conversation: guest(name),
        })
    }

    pub fn leaves(&mut self, name: &str) -> &mut Self {
        self.happens(Event::Leave {
            conversation: guest(name),
        })
    }

    /// The agent who holds it replies.
    pub fn answered(&mut self, name: &str) -> &mut Self {
        let (conversation, agent, epoch) = self.seating(name);
        self.happens(Event::AgentSaid {
            conversation,
            agent,
            epoch,
        })
    }

    /// The agent who holds it ends it.
    pub fn done_with(&mut self, name: &str) -> &mut Self {
        let (conversation, agent, epoch) = self.seating(name);
        self.happens(Event::Close {
            conversation,
            agent,
            epoch,
        })
    }

    pub fn claims(&mut self, agent: MemberId, name: &str) -> &mut Self {
        self.happens(Event::Claim {
            conversation: guest(name),
            agent,
        })
    }

    /// The boss hands it over.
    pub fn handed_to(&mut self, to: MemberId, name: &str) -> &mut Self {
        let epoch = self.placement(name).epoch;
        self.happens(Event::Transfer {
            conversation: guest(name),
            epoch,
            to,
            by: BOSS,
        })
    }

    pub fn after_s(&mut self, seconds: i64) -> &mut Self {
        self.now += seconds * 1_000;
        self.happens(Event::Tick)
    }

    fn seating(&self, name: &str) -> (ConversationId, MemberId, domain::Epoch) {
        let placement = self.placement(name);
        (
            placement.conversation,
            placement.agent().expect("seated"),
            placement.epoch,
        )
    }

    pub fn placement(&self, name: &str) -> &Placement {
        self.dispatcher.placement(guest(name)).expect("a guest of ours")
    }

    pub fn state(&self, name: &str) -> ConversationState {
        self.placement(name).state()
    }

    /// Who holds it.
    pub fn agent_of(&self, name: &str) -> Option<MemberId> {
        self.placement(name).agent()
    }

    pub fn reason(&self, name: &str) -> SeatReason {
        self.placement(name).seat_reason().expect("seated")
    }

    pub fn ahead_of(&self, name: &str) -> u32 {
        self.dispatcher.position(guest(name)).expect("in line")
    }

    /// How often it was told that somebody is in another place now.
    pub fn placed(&self, name: &str) -> usize {
        let id = guest(name);
        let told =
            |decision: &&Decision| matches!(decision, Decision::Placed { conversation, .. } if *conversation == id);
        self.decisions.iter().filter(told).count()
    }
}

pub fn arrival(group: GroupId, name: &str, priority: i32, last_agent: Option<MemberId>) -> Event {
    let conversation = guest(name);
    Event::Arrive {
        conversation,
        guest: GuestId(conversation.0),
        group,
        priority,
        last_agent,
    }
}
