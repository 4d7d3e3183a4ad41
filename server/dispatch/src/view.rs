//! Looking at the state without changing it.

use crate::Dispatcher;
use crate::agent::Agent;
use crate::line::LinePlace;
use crate::timer::NEVER;
use domain::{ConversationId, ConversationState, Duty, GroupId, GroupSpec, MemberId, Placement, Timestamp};

impl Dispatcher {
    /// When [`Dispatcher::handle`] is to be called at the latest, with a tick if with nothing else; milliseconds since 1970.
    pub fn next_deadline(&self) -> Option<i64> {
        self.timers.next_deadline()
    }

    /// Where the conversation is. One that was closed by the latest call of [`Dispatcher::handle`] can still be read, and
    /// is forgotten by the next.
    pub fn placement(&self, conversation: ConversationId) -> Option<&Placement> {
        self.conversations
            .get(conversation)
            .map(|conversation| &conversation.placement)
    }

    /// All open conversations, in no order.
    pub fn placements(&self) -> impl Iterator<Item = &Placement> {
        self.conversations
            .iter()
            .map(|conversation| &conversation.placement)
            .filter(|placement| placement.state() != ConversationState::Closed)
    }

    /// How many people are really ahead in line; `None` if the conversation is not waiting, or is passed over.
    pub fn position(&self, conversation: ConversationId) -> Option<u32> {
        let conversation = self.conversations.get(conversation)?;
        let placement = &conversation.placement;
        if placement.state() != ConversationState::Waiting || conversation.guest_is_away() {
            return None;
        }
        let line = &self.roster.groups.get(&placement.group)?.line;
        u32::try_from(line.ahead_of(&LinePlace::of(placement))).ok()
    }

    /// Until when the agent who holds it has time to take it up; `None` if nobody is being asked to.
    pub fn accept_by(&self, conversation: ConversationId) -> Option<Timestamp> {
        let at = self.conversations.get(conversation)?.deadlines.accept;
        (at != NEVER).then_some(Timestamp(at))
    }

    /// Who waits for the group while their guest is away, in order: passed over by those in [`Dispatcher::line`] until they
    /// are back.
    pub fn passed_over(&self, group: GroupId) -> impl Iterator<Item = ConversationId> {
        let group = self.roster.groups.get(&group);
        group
            .into_iter()
            .flat_map(|group| group.line.away())
            .map(|place| place.conversation)
    }

    /// Who waits for the group, first in line first; without those who are passed over.
    pub fn line(&self, group: GroupId) -> impl Iterator<Item = ConversationId> {
        let group = self.roster.groups.get(&group);
        group
            .into_iter()
            .flat_map(|group| group.line.iter())
            .map(|place| place.conversation)
    }

    /// In how many seconds somebody with `ahead` people ahead in the group's line will probably be seated; `None` if too
    /// few have been served yet, or if nobody serves. An agent who is expected back serves.
    pub fn estimate_s(&self, group: GroupId, ahead: u32) -> Option<u32> {
        let group = self.roster.groups.get(&group)?;
        group.services.estimate_s(ahead, group.pool.working_seats)
    }

    /// The groups whose line is no longer what it was when this was last called: its order, its length, whether anybody
    /// is on duty or there, or what the estimate is made from. Sorted. Sometimes one too many, never one too few.
    pub fn take_changed_lines(&mut self) -> Vec<GroupId> {
        std::mem::take(&mut self.roster.attention.lines).into_iter().collect()
    }

    /// Somebody is on duty for the group, or for the group it overflows to.
    pub fn staffed(&self, group: GroupId) -> bool {
        self.roster
            .groups
            .get(&group)
            .is_some_and(|group| self.roster.staffed(group))
    }

    /// Somebody on duty for the group, or for the group it overflows to, takes guests: is connected, and not away. If not,
    /// those on duty are expected back.
    pub fn agents_here(&self, group: GroupId) -> bool {
        self.roster
            .groups
            .get(&group)
            .is_some_and(|group| self.roster.agents_here(group))
    }

    /// The agent is in the group, or in the one it overflows to.
    pub fn serves(&self, agent: MemberId, group: GroupId) -> bool {
        let is_in = self.agent(agent).is_some_and(|view| view.groups().contains(&group));
        is_in || self.serves_by_overflow(agent, group)
    }

    pub fn agent(&self, agent: MemberId) -> Option<AgentView<'_>> {
        self.roster.agents.get(&agent).map(AgentView)
    }

    /// By id.
    pub fn agents(&self) -> impl Iterator<Item = AgentView<'_>> {
        self.roster.agents.values().map(AgentView)
    }

    /// By id.
    pub fn groups(&self) -> impl Iterator<Item = &GroupSpec> {
        self.roster.groups.values().map(|group| &group.spec)
    }
}

/// An agent, to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct AgentView<'a>(&'a Agent);

impl<'a> AgentView<'a> {
    pub fn id(&self) -> MemberId {
        self.0.id
    }

    pub fn duty(&self) -> Duty {
        self.0.duty
    }

    pub fn seats(&self) -> u32 {
        self.0.seats
    }

    /// Conversations held; more than `seats` after a forced transfer, or when seats were taken away.
    pub fn used(&self) -> u32 {
        self.0.used()
    }

    pub fn connected(&self) -> bool {
        self.0.connected
    }

    /// Not connected, but the seats are held for a while.
    pub fn held(&self) -> bool {
        self.0.grace_until.is_some()
    }

    /// Gets no new guests, since one went unanswered, until the agent does something.
    pub fn away(&self) -> bool {
        self.0.away
    }

    /// Connected, on duty and not away, and not every seat is taken.
    pub fn has_free_seat(&self) -> bool {
        self.0.has_free_seat()
    }

    /// When the agent was last given a conversation.
    pub fn last_seated_at(&self) -> Timestamp {
        self.0.last_seated_at
    }

    /// Sorted.
    pub fn groups(&self) -> &'a [GroupId] {
        &self.0.groups
    }

    /// By id.
    pub fn conversations(&self) -> impl Iterator<Item = ConversationId> + use<'a> {
        self.0.conversations.iter().copied()
    }
}
