//! Rebuilding from the store.

use crate::agent::Agent;
use crate::conversation::{Conversation, GuestPresence};
use crate::group::Group;
use crate::place::Destination;
use crate::{Dispatcher, Settings};
use domain::{AgentSpec, Duty, GroupId, GroupSpec, Place, Placement, SeatHow, WaitReason};

impl Dispatcher {
    /// The state as it was when the placements were stored, at `now` (milliseconds since 1970).
    ///
    /// `placements` are those of all conversations that are not closed; `services` are recent service times by group, in
    /// milliseconds, oldest first (the last 20 of each group are enough).
    ///
    /// Nobody is connected yet, so everybody gets the patience that a dropped connection gets, from `now` on: agents who
    /// are not off duty keep their seats for the grace period, guests keep theirs or their place in line, and who was
    /// asked to accept a conversation is asked again. Only the longest wait counts from the beginning. A seated
    /// conversation whose agent is unknown goes back to line.
    ///
    /// What this changed (those conversations, and lines that nobody serves) is told among the decisions of the first
    /// call of [`Dispatcher::handle`]; an [`crate::Event::Tick`] at the same `now` will do.
    pub fn restore(
        settings: Settings,
        now: i64,
        groups: Vec<GroupSpec>,
        agents: Vec<AgentSpec>,
        placements: Vec<Placement>,
        services: &[(GroupId, i64)],
    ) -> Self {
        let mut dispatcher = Self::new(settings);
        dispatcher.now = now;
        dispatcher.roster.groups = groups.into_iter().map(|spec| (spec.id, Group::new(spec))).collect();
        for placement in &placements {
            // Nobody disappears, even if their group has.
            let group = dispatcher.roster.groups.entry(placement.group);
            group.or_insert_with(|| Group::new(plain(placement.group)));
        }
        dispatcher.roster.agents = agents.into_iter().map(|spec| (spec.id, Agent::new(spec))).collect();
        dispatcher.roster.rebuild();
        for (group, ms) in services {
            dispatcher.roster.add_service(*group, *ms);
        }
        for placement in placements {
            dispatcher.restore_conversation(placement);
        }
        dispatcher.hold_seats();
        dispatcher.roster.attention.agents.clear();
        dispatcher.settle();
        dispatcher
    }

    fn restore_conversation(&mut self, placement: Placement) {
        let (id, place) = (placement.conversation, placement.place);
        if matches!(place, Place::Closed { .. }) {
            return;
        }
        self.next_ticket = self.next_ticket.max(placement.ticket.saturating_add(1));
        let guest = if is_expected(&placement) {
            GuestPresence::Gone { since: self.now }
        } else {
            GuestPresence::NotExpected
        };
        let counts_from = match place {
            Place::Waiting { .. } => placement.since.0,
            _ => self.now,
        };
        let mut conversation = Conversation::new(placement, guest, counts_from);
        let mut has_lost_agent = false;
        match place {
            Place::Waiting { .. } => self.roster.join_line(&conversation.placement, false),
            Place::Seated { agent, .. } if self.roster.agents.contains_key(&agent) => {
                self.roster.change(agent, |agent| agent.conversations.insert(id));
            }
            Place::Seated { .. } => has_lost_agent = true,
            Place::Missed { .. } | Place::Closed { .. } => {}
        }
        conversation.arm(&self.settings, &self.roster, &mut self.timers);
        self.conversations.insert(conversation);
        if has_lost_agent {
            self.put(id, Destination::Line(WaitReason::AgentLeft));
        }
    }

    fn hold_seats(&mut self) {
        let until = self.now.saturating_add(self.settings.agent_grace_ms);
        let expected = |agent: &&Agent| agent.duty != Duty::Off || !agent.conversations.is_empty();
        let expected: Vec<_> = self
            .roster
            .agents
            .values()
            .filter(expected)
            .map(|agent| agent.id)
            .collect();
        for agent in expected {
            self.set_grace(agent, Some(until));
        }
    }
}

/// Does the guest lose the place by staying away? Not who was missed, nor who was handed from the missed queue to an agent
/// and has not been seen since. (Of a conversation that was handed on before the guest was seen it is not stored where it
/// came from: the guest gets the benefit of the doubt.)
fn is_expected(placement: &Placement) -> bool {
    match placement.place {
        Place::Waiting { .. } => true,
        Place::Seated { reason, guest_seen, .. } => {
            guest_seen || !matches!(reason.how, SeatHow::Claimed | SeatHow::Transferred { .. })
        }
        Place::Missed { .. } | Place::Closed { .. } => false,
    }
}

/// A group without particular rules.
fn plain(id: GroupId) -> GroupSpec {
    GroupSpec {
        id,
        last_agent_first: false,
        line_max: None,
        wait_ms_max: None,
        overflow: None,
    }
}
