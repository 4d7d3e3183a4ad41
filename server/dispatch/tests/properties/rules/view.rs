//! All that can be seen of a dispatcher from outside.

use crate::ops::every_group;
use dispatch::{Decision, Dispatcher};
use domain::{ConversationId, ConversationState, Duty, GroupId, GroupSpec, MemberId, Placement};

#[derive(Default)]
pub struct View {
    /// Open ones, and those closed just now.
    pub placements: Vec<Placement>,
    pub agents: Vec<AgentSeen>,
    pub groups: Vec<GroupSpec>,
    pub lines: Vec<LineSeen>,
    /// The lines that were said to have changed.
    pub changed: Vec<GroupId>,
    /// When something happens by itself.
    pub next_deadline: Option<i64>,
}

#[derive(Clone)]
pub struct AgentSeen {
    pub id: MemberId,
    pub duty: Duty,
    pub seats: u32,
    pub groups: Vec<GroupId>,
    pub connected: bool,
    pub held: bool,
    pub away: bool,
    pub conversations: Vec<ConversationId>,
}

/// What somebody who waits is shown.
#[derive(PartialEq, Eq)]
pub struct LineSeen {
    pub group: GroupId,
    pub line: Vec<ConversationId>,
    pub passed_over: Vec<ConversationId>,
    pub staffed: bool,
    pub agents_here: bool,
    pub estimate_s: Option<u32>,
}

impl View {
    pub fn of(dispatcher: &mut Dispatcher, decisions: &[Decision]) -> Self {
        let mut placements: Vec<_> = dispatcher.placements().cloned().collect();
        placements.extend(decisions.iter().filter_map(|decision| {
            match decision {
                Decision::Placed { conversation, .. } => dispatcher
                    .placement(*conversation)
                    .filter(|placement| is_closed(placement))
                    .cloned(),
                _ => None,
            }
        }));
        let line_of = |group| LineSeen {
            group,
            line: dispatcher.line(group).collect(),
            passed_over: dispatcher.passed_over(group).collect(),
            staffed: dispatcher.staffed(group),
            agents_here: dispatcher.agents_here(group),
            estimate_s: dispatcher.estimate_s(group, 0),
        };
        Self {
            placements,
            agents: agents_of(dispatcher),
            groups: dispatcher.groups().cloned().collect(),
            lines: every_group().map(line_of).collect(),
            changed: dispatcher.take_changed_lines(),
            next_deadline: dispatcher.next_deadline(),
        }
    }

    /// Who is connected has changed without a word; nothing else has.
    pub fn restarted(&mut self, dispatcher: &Dispatcher) {
        self.agents = agents_of(dispatcher);
        self.next_deadline = dispatcher.next_deadline();
    }

    pub fn placement(&self, id: ConversationId) -> Option<&Placement> {
        self.placements.iter().find(|placement| placement.conversation == id)
    }

    pub fn open(&self, id: ConversationId) -> Option<&Placement> {
        self.placement(id).filter(|placement| !is_closed(placement))
    }

    pub fn agent(&self, id: MemberId) -> Option<&AgentSeen> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// Waits in line, and is not passed over.
    pub fn is_in_line(&self, id: ConversationId) -> bool {
        self.lines.iter().any(|line| line.line.contains(&id))
    }

    pub fn is_passed_over(&self, id: ConversationId) -> bool {
        self.lines.iter().any(|line| line.passed_over.contains(&id))
    }

    /// The group that `id` overflows to.
    pub fn overflow(&self, id: GroupId) -> Option<GroupId> {
        let overflow = self.groups.iter().find(|group| group.id == id)?.overflow?;
        (overflow != id && self.groups.iter().any(|group| group.id == overflow)).then_some(overflow)
    }
}

impl AgentSeen {
    pub fn has_free_seat(&self) -> bool {
        self.duty == Duty::On && self.connected && !self.away && self.conversations.len() < self.seats as usize
    }
}

pub fn is_closed(placement: &Placement) -> bool {
    placement.state() == ConversationState::Closed
}

fn agents_of(dispatcher: &Dispatcher) -> Vec<AgentSeen> {
    let seen = |agent: dispatch::AgentView<'_>| AgentSeen {
        id: agent.id(),
        duty: agent.duty(),
        seats: agent.seats(),
        groups: agent.groups().to_vec(),
        connected: agent.connected(),
        held: agent.held(),
        away: agent.away(),
        conversations: agent.conversations().collect(),
    };
    dispatcher.agents().map(seen).collect()
}
