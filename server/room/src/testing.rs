//! A room for tests of its parts: one agent, guests who come and go, and time that passes when the test says so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::{Loaded, Outcome, Recalled, Room};
use crate::command::{Command, ConnectionId, GuestHello, KnownGuest};
use crate::effect::{self, Audience, Effect};
use crate::now::Now;
use dispatch::{Dispatcher, Event, Settings};
use domain::guest::Environment;
use domain::{
    AgentSpec, ConversationId, Duty, GroupId, GroupSpec, GuestId, MemberId, PageView, Placement, SiteId, Timestamp,
};
use protocol::guest::{GuestConversation, GuestEvent, GuestFrame};
use std::collections::{BTreeMap, HashMap};
use std::ops::{Deref, DerefMut};
use uuid::Uuid;

pub(super) const GROUP: GroupId = GroupId(1);
pub(super) const AGENT: MemberId = MemberId(1);

/// A room, and the time that is handed to it. The time of day stands still unless the test sets it.
#[derive(Debug)]
pub(super) struct TestRoom {
    room: Room,
    pub(super) now: Now,
}

impl Deref for TestRoom {
    type Target = Room;

    fn deref(&self) -> &Room {
        &self.room
    }
}

impl DerefMut for TestRoom {
    fn deref_mut(&mut self) -> &mut Room {
        &mut self.room
    }
}

/// A room with an agent on duty who has so many seats.
pub(super) fn room(seats: u32) -> TestRoom {
    let settings = Settings::default();
    let mut dispatch = Dispatcher::new(settings);
    let group = GroupSpec {
        id: GROUP,
        last_agent_first: false,
        line_max: None,
        wait_ms_max: None,
        overflow: None,
    };
    let agent = AgentSpec {
        id: AGENT,
        seats,
        duty: Duty::On,
        groups: vec![GROUP],
        last_seated_at: Timestamp(0),
    };
    for event in [
        Event::Group(group),
        Event::Agent(agent),
        Event::AgentConnected { agent: AGENT },
    ] {
        dispatch.handle(0, event, &mut Vec::new()).unwrap();
    }
    let loaded = Loaded {
        dispatch,
        talks: Vec::new(),
        names: HashMap::new(),
        groups: BTreeMap::from([(GROUP, "Service".to_owned())]),
        duty_since: HashMap::new(),
    };
    TestRoom::new(settings.absence_ms, loaded)
}

pub(super) fn guest(number: u64) -> GuestId {
    GuestId(Uuid::from_u128(number.into()))
}

/// A guest who is known already introduces a page.
pub(super) fn hello(connection: ConnectionId, guest: GuestId) -> GuestHello {
    GuestHello {
        connection,
        guest,
        is_new: false,
        known: known(),
    }
}

/// A guest of whom little is known.
pub(super) fn known() -> KnownGuest {
    KnownGuest {
        site: SiteId(1),
        group: GROUP,
        last_agent: None,
        name: String::new(),
        contact: String::new(),
        page: PageView::default(),
        environment: Environment::default(),
        user_agent: String::new(),
        address: None,
    }
}

impl TestRoom {
    pub(super) fn new(absence_ms: i64, loaded: Loaded) -> Self {
        let now = Now::default();
        let room = Room::new(now, [0; 32], absence_ms, loaded);
        Self { room, now }
    }

    pub(super) fn on(&mut self, command: Command) -> Outcome {
        self.room.on(self.now, command)
    }

    pub(super) fn tick(&mut self) -> Outcome {
        self.room.tick(self.now)
    }

    pub(super) fn recalled(&mut self, recalled: Recalled) -> Outcome {
        self.room.recalled(self.now, recalled)
    }

    /// Lets time pass on the steady clock, in which nobody looks at the room.
    pub(super) fn pass(&mut self, ms: i64) {
        self.now.steady = self.now.steady.plus_ms(ms);
    }

    /// The guest of that number comes, on a connection of the same number.
    pub(super) fn comes(&mut self, number: u64) -> Outcome {
        let hello = hello(ConnectionId(number), guest(number));
        self.on(Command::GuestHello(Box::new(hello)))
    }

    pub(super) fn starts(&mut self, number: u64) -> Outcome {
        let connection = ConnectionId(number);
        self.on(Command::Guest {
            connection,
            frame: GuestFrame::Start,
        })
    }

    /// So much time passes, and the room is looked at each second of it.
    pub(super) fn lives_on(&mut self, seconds: u32) -> Vec<Outcome> {
        let second = |_| {
            self.pass(1_000);
            self.tick()
        };
        (0..seconds).map(second).collect()
    }

    pub(super) fn placement_of(&self, number: u64) -> Option<&Placement> {
        self.dispatch.placement(self.conversations.of(guest(number))?)
    }

    /// The agent ends the conversation that was seated first.
    pub(super) fn closes_first(&mut self) -> Outcome {
        let seated = |id: &ConversationId| self.dispatch.placement(*id).cloned().unwrap();
        let held: Vec<_> = self.dispatch.agent(AGENT).unwrap().conversations().collect();
        let first = held.iter().map(seated).min_by_key(|one| one.ticket).unwrap();
        self.event(Event::Close {
            conversation: first.conversation,
            agent: AGENT,
            epoch: first.epoch,
        });
        self.outcome()
    }
}

/// What a guest is told of their conversation.
pub(super) fn told(outcomes: &[Outcome], number: u64) -> Vec<GuestConversation> {
    let effects = outcomes.iter().flat_map(|outcome| &outcome.batch.effects);
    let conversation = |effect: &Effect| match effect {
        Effect::Tell {
            to: Audience::Guest(to),
            event: effect::Event::Guest(GuestEvent::Conversation(one)),
            ..
        } if *to == guest(number) => Some(one.clone()),
        _ => None,
    };
    effects.filter_map(conversation).collect()
}
