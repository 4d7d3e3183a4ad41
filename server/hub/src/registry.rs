//! Who is told what is published: the outboxes of all welcomed connections.
//!
//! Knows nothing of presence: who counts as connected for dispatch is the room's matter, and is decided earlier, when
//! a hello arrives and not when it is stored.

use crate::command::{ConnectionId, SessionHash};
use crate::effect::{Effect, Registration};
use crate::meters::{ErrorKind, Meters};
use crate::outbox::{Out, Outbox};
use crate::visit::Visit;
use domain::{GuestId, MemberId, Rule};
use protocol::CloseCode;
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

#[derive(Debug)]
pub(crate) struct Registry {
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
    pub(crate) fn new(visits: mpsc::Sender<Visit>, meters: Meters) -> Self {
        Self {
            connections: HashMap::new(),
            guests: HashMap::new(),
            members: HashMap::new(),
            live: HashSet::new(),
            visits,
            meters,
        }
    }

    /// Carries out one effect. True if it was the last one: everything before it is published.
    pub(crate) fn carry_out(&mut self, effect: Effect) -> bool {
        match effect {
            Effect::Register {
                connection,
                outbox,
                as_,
            } => self.register(connection, outbox, as_),
            Effect::Unregister { connection } => self.unregister(connection),
            Effect::Guest { guest, except, out } => self.push(self.guests.get(&guest), except, &out),
            Effect::Desk { member, except, out } => self.push_desks(member, except, &out),
            Effect::Live { out } => self.push_live(&out),
            Effect::One { connection, out } => {
                if let Some(one) = self.connections.get(&connection) {
                    one.outbox.push(out);
                }
            }
            Effect::Close { member, session, code } => self.close(member, session, code),
            Effect::CloseOne { connection, code } => {
                if let Some(one) = self.connections.get(&connection) {
                    one.outbox.close(code);
                }
            }
            // Whoever sent it in may have lost patience.
            Effect::FormTaken { reply, taken } => drop(reply.send(taken)),
            Effect::Judge { member, rules } => self.judge(member, &rules),
            Effect::Visit(visit) => self.note_visit(*visit),
            Effect::Drained { done } => {
                self.close_all(CloseCode::Restarting);
                if done.send(()).is_err() {
                    tracing::debug!("nobody waits for the drain any more");
                }
                return true;
            }
        }
        false
    }

    pub(crate) fn close_all(&mut self, code: CloseCode) {
        for one in self.connections.values() {
            one.outbox.close(code);
        }
    }

    fn register(&mut self, connection: ConnectionId, outbox: Outbox, registration: Registration) {
        // A connection that is gone by now does not take its reply; its `Unregister` follows.
        let who = match registration {
            Registration::Guest { guest, reply, welcome } => {
                drop(reply.send(welcome));
                self.guests.entry(guest).or_default().push(connection);
                Who::Guest(guest)
            }
            Registration::Desk {
                member,
                session,
                reply,
                welcome,
            } => {
                drop(reply.send(*welcome));
                self.members.entry(member).or_default().push(connection);
                Who::Desk(member, session)
            }
            Registration::Live { member, session } => {
                self.members.entry(member).or_default().push(connection);
                self.live.insert(connection);
                Who::Live(member, session)
            }
        };
        self.connections.insert(connection, Registered { outbox, who });
    }

    fn unregister(&mut self, connection: ConnectionId) {
        self.live.remove(&connection);
        match self.connections.remove(&connection).map(|one| one.who) {
            Some(Who::Guest(guest)) => remove(&mut self.guests, guest, connection),
            Some(Who::Desk(member, _) | Who::Live(member, _)) => remove(&mut self.members, member, connection),
            None => {}
        }
    }

    fn push(&self, to: Option<&Vec<ConnectionId>>, except: Option<ConnectionId>, out: &Out) {
        for connection in to.into_iter().flatten().filter(|one| Some(**one) != except) {
            if let Some(one) = self.connections.get(connection) {
                one.outbox.push(out.clone());
            }
        }
    }

    fn push_desks(&self, member: MemberId, except: Option<ConnectionId>, out: &Out) {
        for connection in self
            .members
            .get(&member)
            .into_iter()
            .flatten()
            .filter(|one| Some(**one) != except)
        {
            if let Some(Registered {
                outbox,
                who: Who::Desk(..),
            }) = self.connections.get(connection)
            {
                outbox.push(out.clone());
            }
        }
    }

    fn push_live(&self, out: &Out) {
        for one in self
            .live
            .iter()
            .filter_map(|connection| self.connections.get(connection))
        {
            one.outbox.push(out.clone());
        }
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
