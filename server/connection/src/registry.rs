//! Who is told what is published: the outboxes of all welcomed connections.
//!
//! Knows nothing of presence: who counts as connected for dispatch is the room's matter, and is decided earlier, when
//! a hello arrives and not when it is stored.

use crate::meters::{ErrorKind, Meters};
use crate::outbox::{Out, Outbox};
use crate::request::Answer;
use domain::{GuestId, MemberId, Rule};
use protocol::CloseCode;
use room::Visit;
use room::command::{ConnectionId, DeskWelcome, FormTaken, GuestWelcome, SessionHash};
use room::effect::{Audience, Effect, Event};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// Questions without an answer before those are looked for the first time whose asker has gone.
const ASKING_MIN: usize = 1_024;

#[derive(Debug)]
pub struct Registry {
    /// Those whose question the room has, and what they are answered by.
    asking: HashMap<ConnectionId, Answer>,
    /// How many of them are looked through next for askers who have gone.
    forget_at: usize,
    connections: HashMap<ConnectionId, Registered>,
    guests: HashMap<GuestId, Vec<ConnectionId>>,
    members: HashMap<MemberId, Vec<ConnectionId>>,
    live: HashSet<ConnectionId>,
    visits: mpsc::Sender<Visit>,
    meters: Meters,
}

#[derive(Debug)]
struct Registered {
    outbox: Outbox,
    who: Who,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Guest(GuestId),
    Desk(MemberId, SessionHash),
    Live(MemberId, SessionHash),
}

impl Registry {
    pub fn new(visits: mpsc::Sender<Visit>, meters: Meters) -> Self {
        Self {
            asking: HashMap::new(),
            forget_at: ASKING_MIN,
            connections: HashMap::new(),
            guests: HashMap::new(),
            members: HashMap::new(),
            live: HashSet::new(),
            visits,
            meters,
        }
    }

    /// To be called before the room gets the command.
    pub fn remember(&mut self, answer: Answer) {
        // Of those who lost patience nothing is kept for ever. Looked for each time that there are twice as many, so that it
        // costs little however many there are.
        if self.asking.len() >= self.forget_at {
            self.asking.retain(|_, answer| !answer.is_given_up());
            self.forget_at = ASKING_MIN.max(2 * self.asking.len());
        }
        self.asking.insert(answer.connection(), answer);
    }

    pub fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::WelcomeGuest {
                connection,
                guest,
                welcome,
            } => self.welcome_guest(connection, guest, welcome),
            Effect::WelcomeDesk {
                connection,
                member,
                session,
                welcome,
            } => self.welcome_desk(connection, (member, session), *welcome),
            Effect::WelcomeLive {
                connection,
                member,
                session,
            } => self.welcome_live(connection, (member, session)),
            Effect::FormTaken { connection, taken } => self.answer_form(connection, taken),
            Effect::Unregister { connection } => self.unregister(connection),
            Effect::Tell { to, except, event } => self.tell(&to, except, &event),
            Effect::Repeated {
                connection,
                id,
                text,
                at,
            } => self.push(connection, Out::Repeated { id, text, at }),
            Effect::Refused {
                connection,
                seq,
                id,
                text,
                conversation,
                code,
            } => self.push(
                connection,
                Out::Refused {
                    seq,
                    id,
                    text,
                    conversation,
                    code,
                },
            ),
            Effect::Close { member, session, code } => self.close(member, session, code),
            Effect::CloseOne { connection, code } => {
                if let Some(one) = self.connections.get(&connection) {
                    one.outbox.close(code);
                }
            }
            Effect::Judge { member, rules } => self.judge(member, &rules),
            Effect::Visit(visit) => self.note_visit(*visit),
        }
    }

    pub fn close_all(&mut self, code: CloseCode) {
        for one in self.connections.values() {
            one.outbox.close(code);
        }
    }

    // Whoever asked may be gone by now and not take the answer; of a connection the `Unregister` follows.

    fn welcome_guest(&mut self, connection: ConnectionId, guest: GuestId, welcome: GuestWelcome) {
        if let Some(Answer::Guest { outbox, reply, .. }) = self.asking.remove(&connection) {
            drop(reply.send(welcome));
            self.guests.entry(guest).or_default().push(connection);
            let who = Who::Guest(guest);
            self.connections.insert(connection, Registered { outbox, who });
        }
    }

    fn welcome_desk(
        &mut self,
        connection: ConnectionId,
        (member, session): (MemberId, SessionHash),
        welcome: DeskWelcome,
    ) {
        if let Some(Answer::Desk { outbox, reply, .. }) = self.asking.remove(&connection) {
            drop(reply.send(welcome));
            self.members.entry(member).or_default().push(connection);
            let who = Who::Desk(member, session);
            self.connections.insert(connection, Registered { outbox, who });
        }
    }

    fn welcome_live(&mut self, connection: ConnectionId, (member, session): (MemberId, SessionHash)) {
        if let Some(Answer::Live { outbox, .. }) = self.asking.remove(&connection) {
            self.members.entry(member).or_default().push(connection);
            self.live.insert(connection);
            let who = Who::Live(member, session);
            self.connections.insert(connection, Registered { outbox, who });
        }
    }

    fn answer_form(&mut self, connection: ConnectionId, taken: FormTaken) {
        if let Some(Answer::Form { reply, .. }) = self.asking.remove(&connection) {
            drop(reply.send(taken));
        }
    }

    fn unregister(&mut self, connection: ConnectionId) {
        self.live.remove(&connection);
        match self.connections.remove(&connection).map(|one| one.who) {
            Some(Who::Guest(guest)) => remove(&mut self.guests, guest, connection),
            Some(Who::Desk(member, _) | Who::Live(member, _)) => remove(&mut self.members, member, connection),
            None => {}
        }
    }

    fn push(&self, connection: ConnectionId, out: Out) {
        if let Some(one) = self.connections.get(&connection) {
            one.outbox.push(out);
        }
    }

    /// Queues an event for everybody it is for. It is serialised once, and not at all if nobody is there.
    fn tell(&self, to: &Audience, except: Option<ConnectionId>, event: &Event) {
        let mut out = None;
        let mut push = |connection: &ConnectionId, one: &Registered| {
            if Some(*connection) != except {
                let out: &mut Out = out.get_or_insert_with(|| Out::of(event));
                one.outbox.push(out.clone());
            }
        };
        match to {
            Audience::One(connection) => self.each(std::iter::once(connection), &mut push),
            Audience::Guest(guest) => self.each(self.guests.get(guest).into_iter().flatten(), &mut push),
            Audience::Desk(member) => self.each_desk(*member, &mut push),
            Audience::Desks(members) => members.iter().for_each(|member| self.each_desk(*member, &mut push)),
            Audience::Both { guest, agent } => {
                self.each(self.guests.get(guest).into_iter().flatten(), &mut push);
                if let Some(agent) = agent {
                    self.each_desk(*agent, &mut push);
                }
            }
            Audience::Live => self.each(self.live.iter(), &mut push),
        }
    }

    fn each<'a>(
        &self,
        connections: impl Iterator<Item = &'a ConnectionId>,
        push: &mut impl FnMut(&ConnectionId, &Registered),
    ) {
        for connection in connections {
            if let Some(one) = self.connections.get(connection) {
                push(connection, one);
            }
        }
    }

    fn each_desk(&self, member: MemberId, push: &mut impl FnMut(&ConnectionId, &Registered)) {
        let theirs = self.members.get(&member).into_iter().flatten();
        self.each(theirs, &mut |connection, one| {
            if matches!(one.who, Who::Desk(..)) {
                push(connection, one);
            }
        });
    }

    fn close(&self, member: MemberId, session: Option<SessionHash>, code: CloseCode) {
        for one in self
            .members
            .get(&member)
            .into_iter()
            .flatten()
            .filter_map(|id| self.connections.get(id))
        {
            let theirs = match one.who {
                Who::Desk(_, held) | Who::Live(_, held) => session.is_none_or(|meant| meant == held),
                Who::Guest(_) => false,
            };
            if theirs {
                one.outbox.close(code);
            }
        }
    }

    fn judge(&self, member: MemberId, rules: &[Rule]) {
        let theirs = self.members.get(&member).into_iter().flatten();
        for one in theirs.filter_map(|id| self.connections.get(id)) {
            let needed = match one.who {
                Who::Desk(..) => Rule::ConversationServe,
                Who::Live(..) => Rule::LiveView,
                Who::Guest(_) => continue,
            };
            one.outbox.close(if rules.contains(&needed) {
                CloseCode::TryAgain
            } else {
                CloseCode::Forbidden
            });
        }
    }

    fn note_visit(&self, visit: Visit) {
        // Chores may be late or overwhelmed; the talk goes on without them.
        if let Err(error) = self.visits.try_send(visit) {
            self.meters.error(ErrorKind::VisitDropped);
            tracing::warn!(%error, "a visit was not recorded");
        }
    }
}

fn remove<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<ConnectionId>>, key: K, connection: ConnectionId) {
    if let Some(list) = map.get_mut(&key) {
        list.retain(|one| *one != connection);
        if list.is_empty() {
            map.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    #[test]
    fn of_those_who_lost_patience_nothing_is_kept_for_ever_and_those_who_wait_are_answered() {
        let mut registry = Registry::new(mpsc::channel(1).0, Meters::default());
        let (reply, mut waits) = oneshot::channel();
        let connection = ConnectionId(0);
        registry.remember(Answer::Form { connection, reply });
        for number in 1..=5_000 {
            let connection = ConnectionId(number);
            let (reply, _) = oneshot::channel();
            registry.remember(Answer::Form { connection, reply });
        }
        assert!(registry.asking.len() <= ASKING_MIN, "{}", registry.asking.len());
        let taken = FormTaken {
            conversation: None,
            said: None,
        };
        registry.carry_out(Effect::FormTaken { connection, taken });
        assert!(waits.try_recv().is_ok());
    }
}
