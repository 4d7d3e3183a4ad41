//! The room: everything the hub knows, in memory. A command in, writes and effects out.
//!
//! Invariant: synchronous, without I/O and without a clock: time is handed in. Knows neither sockets nor SQL nor which
//! commands are stored yet: its state runs ahead of the store by what is in flight, and is thrown away and loaded anew if a
//! write fails.

mod absence;
pub mod command;
mod conversations;
mod decide;
mod desk;
mod directory;
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
mod presence;
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
use conversations::Conversations;
use directory::Directory;
use ids::ConversationIds;
use presence::{Presence, Who};
use recall::Held;
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

/// Each part owns its fields; the room is what happens between them.
#[derive(Debug)]
pub struct Room {
    /// When the room was last called; it reads no clock itself.
    now: Now,
    ids: ConversationIds,
    /// Whoever lost the connection passes as here for so long.
    absence_ms: i64,
    dispatch: Dispatcher,
    conversations: Conversations,
    presence: Presence,
    absences: Absences,
    directory: Directory,
    held: Held,
    /// Whether anybody is on duty, as all the group's guests who could begin to talk have been told.
    duty_told: HashMap<GroupId, bool>,
    flush: flush::Due,
    /// Conversations that there may be nothing to do about.
    perhaps_idle: Vec<ConversationId>,
    decisions: Vec<Decision>,
    out: Outcome,
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
        let mut conversations = Conversations::default();
        for row in loaded.talks {
            if let Some(placement) = loaded.dispatch.placement(row.conversation) {
                let (conversation, talk) = (row.conversation, Talk::load(row, placement.epoch));
                conversations.add(placement.guest, conversation, talk);
            }
        }
        let mut room = Self {
            now,
            ids: ConversationIds::new(seed),
            absence_ms,
            dispatch: loaded.dispatch,
            conversations,
            presence: Presence::default(),
            absences: Absences::default(),
            directory: Directory::new(loaded.names, loaded.groups, loaded.duty_since),
            held: Held::default(),
            duty_told: HashMap::new(),
            flush: flush::Due::default(),
            perhaps_idle: Vec::new(),
            decisions: Vec::new(),
            out: Outcome::default(),
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
                self.presence.connect(connection, Who::Live);
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
                self.directory.name_group(group.id, name);
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
        std::mem::take(&mut self.out)
    }

    fn effect(&mut self, effect: Effect) {
        self.out.batch.effects.push(effect);
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
        self.out.instant.push(Effect::Tell {
            to,
            except: None,
            event: event.into(),
        });
    }

    fn bye(&mut self, connection: ConnectionId) {
        match self.presence.disconnect(connection) {
            Some(Who::Guest(guest)) => self.guest_gone(guest, connection),
            Some(Who::Desk { member, .. }) => self.desk_gone(member),
            Some(Who::Live) => {}
            None => return,
        }
        self.effect(Effect::Unregister { connection });
    }
}
