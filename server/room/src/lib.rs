//! The room: everything the hub knows, in memory. A command in, writes and effects out.
//!
//! Invariant: synchronous, without I/O and without a clock: time is handed in. Knows neither sockets nor SQL nor which commands are stored yet: its state
//! runs ahead of the store by what is in flight, and is thrown away and loaded anew if a write fails.

mod absence;
pub mod command;
mod decide;
mod desk;
mod duty;
pub mod effect;
mod flush;
mod form;
mod guest;
mod ids;
mod live;
mod marks;
mod measure;
mod now;
mod recall;
mod sent;
mod stall;
mod talk;
#[cfg(test)]
mod testing;
mod view;
mod visit;

use crate::command::{Command, ConnectionId};
use crate::effect::{Audience, Batch, Effect, Event};
use dispatch::{Decision, Dispatcher};
use domain::write::TalkRow;
use domain::{ConversationId, GroupId, GuestId, MemberId, Timestamp};
use protocol::desk::DeskEvent;
use protocol::guest::GuestEvent;
use protocol::live::LiveEvent;
use std::collections::{BTreeMap, HashMap};

use absence::Absences;
use guest::PresentGuest;
use ids::ConversationIds;
use talk::Talk;

pub use guest::text_code;
pub use measure::{GroupMeasures, Measures};
pub use now::Now;
pub use recall::{Ids, Recalled};
pub use sent::Past;
pub use visit::{Visit, VisitKind};

/// What a room starts from.
#[derive(Debug)]
pub struct Loaded {
    pub dispatch: Dispatcher,
    pub talks: Vec<TalkRow>,
    pub names: HashMap<MemberId, String>,
    pub groups: BTreeMap<GroupId, String>,
    pub duty_since: HashMap<MemberId, Timestamp>,
}

#[derive(Debug)]
pub struct Room {
    /// When the room was last called; it reads no clock itself.
    now: Now,
    ids: ConversationIds,
    /// Whoever lost the connection passes as here for so long.
    absence_ms: i64,
    dispatch: Dispatcher,
    /// Open conversations: exactly those the dispatcher knows.
    talks: HashMap<ConversationId, Talk>,
    /// The open conversation of a guest; there is at most one.
    open: HashMap<GuestId, ConversationId>,
    /// Guests with at least one connection.
    guests: HashMap<GuestId, PresentGuest>,
    /// How many desks each member has open.
    desks: HashMap<MemberId, u32>,
    names: HashMap<MemberId, String>,
    groups: BTreeMap<GroupId, String>,
    /// When each agent chose the duty they have.
    duty_since: HashMap<MemberId, Timestamp>,
    /// Whether anybody is on duty, as all the group's guests who could begin to talk have been told.
    duty_told: HashMap<GroupId, bool>,
    connections: HashMap<ConnectionId, Who>,
    absences: Absences,
    /// Conversations that there may be nothing to do about.
    perhaps_idle: Vec<ConversationId>,
    flush: flush::Due,
    decisions: Vec<Decision>,
    /// Connections whose commands wait until ids are read, each with its commands, in order.
    held: HashMap<ConnectionId, Vec<Command>>,
    /// What is being read, and for which of them.
    awaited: HashMap<Ids, Vec<ConnectionId>>,
    /// What is to be read.
    recalls: Vec<Ids>,
    batch: Batch,
    instant: Vec<Effect>,
}

/// Whose connection it is.
#[derive(Clone, Copy, Debug)]
enum Who {
    Guest(GuestId),
    Desk { member: MemberId, may_transfer: bool },
    Live,
}

/// What a command came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// To be stored and then carried out.
    pub batch: Batch,
    /// To be carried out at once: nothing about it is stored.
    pub instant: Vec<Effect>,
}

impl Room {
    pub fn new(now: Now, seed: [u8; 32], absence_ms: i64, loaded: Loaded) -> Self {
        let mut talks = HashMap::with_capacity(loaded.talks.len());
        let mut open = HashMap::with_capacity(loaded.talks.len());
        for row in loaded.talks {
            let Some(placement) = loaded.dispatch.placement(row.conversation) else {
                continue;
            };
            open.insert(placement.guest, row.conversation);
            talks.insert(row.conversation, Talk::load(row, placement.epoch));
        }
        let mut room = Self {
            now,
            ids: ConversationIds::new(seed),
            absence_ms,
            dispatch: loaded.dispatch,
            talks,
            open,
            guests: HashMap::new(),
            desks: HashMap::new(),
            names: loaded.names,
            groups: loaded.groups,
            duty_since: loaded.duty_since,
            duty_told: HashMap::new(),
            connections: HashMap::new(),
            absences: Absences::default(),
            perhaps_idle: Vec::new(),
            flush: flush::Due::default(),
            decisions: Vec::new(),
            held: HashMap::new(),
            awaited: HashMap::new(),
            recalls: Vec::new(),
            batch: Batch::default(),
            instant: Vec::new(),
        };
        room.expect_everybody();
        room
    }

    /// Acts on one command that came at `now`.
    pub fn on(&mut self, now: Now, command: Command) -> Outcome {
        self.look(now);
        self.act(command);
        self.outcome()
    }

    fn act(&mut self, command: Command) {
        let Some(command) = self.unless_held(command) else {
            return;
        };
        match command {
            Command::GuestHello(hello) => self.guest_hello(*hello),
            Command::Guest { connection, frame } => self.guest_frame(connection, frame),
            Command::Form(form) => self.take_form(*form),
            Command::DeskHello(hello) => self.desk_hello(*hello),
            Command::Desk { connection, frame } => self.desk_frame(connection, frame),
            Command::LiveHello {
                connection,
                member,
                session,
            } => {
                self.connections.insert(connection, Who::Live);
                self.effect(Effect::WelcomeLive {
                    connection,
                    member,
                    session,
                });
                self.send_one(connection, LiveEvent::View(self.live_view()));
            }
            Command::Bye { connection } => self.bye(connection),
            Command::MemberChanged { member, name, agent } => self.member_changed(member, name, agent),
            Command::GroupChanged { group, name } => {
                self.groups.insert(group.id, name);
                self.event(dispatch::Event::Group(group));
                self.tell_groups();
                self.flush.lists = true;
            }
            Command::RulesChanged { member, rules } => self.effect(Effect::Judge { member, rules }),
            Command::Disconnect { member, session, code } => {
                self.effect(Effect::Close { member, session, code });
            }
        }
    }

    /// Lets time pass: timers of dispatch, and what is told at intervals.
    pub fn tick(&mut self, now: Now) -> Outcome {
        self.look(now);
        self.event(dispatch::Event::Tick);
        self.outcome()
    }

    /// When [`Room::tick`] should be called at the latest, by the steady clock.
    pub fn next_tick(&self) -> Option<Timestamp> {
        let deadline = self.dispatch.next_deadline().map(Timestamp);
        [self.flush.next(), deadline, self.absences.next(), self.next_look()]
            .into_iter()
            .flatten()
            .min()
    }

    fn outcome(&mut self) -> Outcome {
        self.tell_absences();
        self.dismiss_idle();
        self.flush_if_due();
        Outcome {
            batch: std::mem::take(&mut self.batch),
            instant: std::mem::take(&mut self.instant),
        }
    }

    fn effect(&mut self, effect: Effect) {
        self.batch.effects.push(effect);
    }

    fn tell(&mut self, to: Audience, event: impl Into<Event>) {
        self.effect(Effect::Tell {
            to,
            except: None,
            event: event.into(),
        });
    }

    fn send_guest(&mut self, guest: GuestId, event: GuestEvent) {
        self.tell(Audience::Guest(guest), event);
    }

    fn send_desk(&mut self, member: MemberId, event: DeskEvent) {
        self.tell(Audience::Desk(member), event);
    }

    fn send_one(&mut self, connection: ConnectionId, event: impl Into<Event>) {
        self.tell(Audience::One(connection), event);
    }

    /// Tells something that is not stored, and so need not wait for anything.
    fn tell_at_once(&mut self, to: Audience, event: impl Into<Event>) {
        self.instant.push(Effect::Tell {
            to,
            except: None,
            event: event.into(),
        });
    }

    fn bye(&mut self, connection: ConnectionId) {
        match self.connections.remove(&connection) {
            Some(Who::Guest(guest)) => self.guest_gone(guest, connection),
            Some(Who::Desk { member, .. }) => self.desk_gone(member),
            Some(Who::Live) => {}
            None => return,
        }
        self.effect(Effect::Unregister { connection });
    }

    fn name_of(&self, member: MemberId) -> String {
        self.names.get(&member).cloned().unwrap_or_default()
    }
}
