//! Who is shown as gone, and when. A connection that drops for a moment is no absence: the next page of a shop, a reload of
//! the desk, a telephone that changes networks. Those who look on are told of one that lasts.

use super::Room;
use dispatch::{AgentView, Event};
use domain::{ConversationState, Duty, GroupId, GuestId, MemberId, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// Who may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Somebody {
    Guest(GuestId),
    Agent(MemberId),
}

/// Those who have just gone, and until when they pass as here.
#[derive(Debug, Default)]
pub(super) struct Absences {
    until: HashMap<Somebody, Timestamp>,
    due: BTreeSet<(Timestamp, Somebody)>,
}

impl Absences {
    pub(super) fn leaves(&mut self, who: Somebody, until: Timestamp) {
        self.returns(who);
        self.until.insert(who, until);
        self.due.insert((until, who));
    }

    /// True if nobody has been told that they were gone.
    pub(super) fn returns(&mut self, who: Somebody) -> bool {
        let until = self.until.remove(&who);
        if let Some(until) = until {
            self.due.remove(&(until, who));
        }
        until.is_some()
    }

    pub(super) fn passes_as_here(&self, who: Somebody) -> bool {
        self.until.contains_key(&who)
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.due.first().map(|(until, _)| *until)
    }

    fn agents(&self) -> impl Iterator<Item = MemberId> {
        self.until.keys().filter_map(|who| match who {
            Somebody::Agent(agent) => Some(*agent),
            Somebody::Guest(_) => None,
        })
    }

    fn pop(&mut self, now: Timestamp) -> Option<Somebody> {
        self.next().filter(|until| *until <= now)?;
        let (_, who) = self.due.pop_first()?;
        self.until.remove(&who);
        Some(who)
    }

    /// Everybody has until then.
    fn postpone(&mut self, until: Timestamp) {
        self.due = self.until.keys().map(|who| (until, *who)).collect();
        self.until.values_mut().for_each(|at| *at = until);
    }
}

impl Room {
    /// Nobody is connected after a start: everybody who is expected passes as here for a moment.
    pub(super) fn expect_everybody(&mut self) {
        let until = self.absent_from();
        for guest in self.conversations.guests() {
            self.absences.leaves(Somebody::Guest(guest), until);
        }
        for agent in self.dispatch.agents().filter(AgentView::held) {
            self.absences.leaves(Somebody::Agent(agent.id()), until);
        }
    }

    /// From when on somebody who goes now is shown as gone.
    pub(super) fn absent_from(&self) -> Timestamp {
        self.now.steady.plus_ms(self.absence_ms)
    }

    pub(super) fn guest_passes_as_here(&self, guest: GuestId) -> bool {
        self.presence.has_guest(guest) || self.absences.passes_as_here(Somebody::Guest(guest))
    }

    pub(super) fn agent_passes_as_here(&self, agent: MemberId) -> bool {
        self.presence.has_desk(agent) || self.absences.passes_as_here(Somebody::Agent(agent))
    }

    /// Somebody on duty for the group takes guests, or did a moment ago.
    pub(super) fn agents_pass_as_here(&self, group: GroupId) -> bool {
        if self.dispatch.agents_here(group) {
            return true;
        }
        let spec = self.dispatch.groups().find(|spec| spec.id == group);
        let overflow = spec.and_then(|spec| spec.overflow);
        let serves = |agent: &AgentView<'_>| {
            let groups = agent.groups();
            groups.contains(&group) || overflow.is_some_and(|overflow| groups.contains(&overflow))
        };
        let takes_guests = |agent: &AgentView<'_>| agent.duty() == Duty::On && !agent.away() && agent.seats() > 0;
        self.absences
            .agents()
            .filter_map(|agent| self.dispatch.agent(agent))
            .any(|agent| serves(&agent) && takes_guests(&agent))
    }

    /// The server stood still: whoever went meanwhile has their moment to come back.
    pub(super) fn postpone_absences(&mut self) {
        let until = self.absent_from();
        self.absences.postpone(until);
    }

    /// Tells of those who have been gone for long enough.
    pub(super) fn tell_absences(&mut self) {
        let now = self.now.steady;
        while let Some(who) = self.absences.pop(now) {
            match who {
                Somebody::Guest(guest) => self.guest_is_absent(guest),
                Somebody::Agent(agent) => self.tell_guests_of(agent),
            }
        }
    }

    fn guest_is_absent(&mut self, guest: GuestId) {
        if let Some(conversation) = self.conversations.of(guest) {
            self.tell_agent(conversation);
            self.flush.lists = true;
            self.perhaps_idle.push(conversation);
        }
    }

    /// Tells those who sit with an agent, and those who wait for one, whether the agent is here.
    pub(super) fn tell_guests_of(&mut self, agent: MemberId) {
        let held: Vec<_> = self
            .dispatch
            .agent(agent)
            .map(|view| view.conversations().collect())
            .unwrap_or_default();
        for conversation in held {
            self.tell_guest(conversation);
        }
        self.flush.all_lines(self.directory.groups().map(|(group, _)| group));
        self.flush.live = true;
    }

    /// Closes the missed conversations that nobody can do anything about: their guest is gone, without a word and without
    /// a way to be reached. They are counted (`seatline_left_silently`) and listed nowhere.
    pub(super) fn dismiss_idle(&mut self) {
        while let Some(conversation) = self.perhaps_idle.pop() {
            let missed = self
                .dispatch
                .placement(conversation)
                .filter(|placement| placement.state() == ConversationState::Missed);
            let is_gone = missed.is_some_and(|placement| !self.guest_passes_as_here(placement.guest));
            let is_empty = self
                .conversations
                .talk(conversation)
                .is_some_and(|talk| talk.last_text.is_empty() && talk.contact.is_empty());
            if is_gone && is_empty {
                self.event(Event::Dismiss { conversation });
            }
        }
    }
}
