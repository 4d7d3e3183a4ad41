//! One agent, and what their state means for dispatch.

use domain::{AgentSpec, ConversationId, Duty, GroupId, MemberId, Timestamp};
use std::collections::BTreeSet;

#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) id: MemberId,
    pub(crate) seats: u32,
    pub(crate) duty: Duty,
    /// Sorted, without repeats.
    pub(crate) groups: Vec<GroupId>,
    pub(crate) last_seated_at: Timestamp,
    pub(crate) connected: bool,
    /// Until when the seats are held after the connection dropped.
    pub(crate) grace_until: Option<i64>,
    /// Let a conversation go unanswered and has shown no sign of life since.
    pub(crate) away: bool,
    pub(crate) conversations: BTreeSet<ConversationId>,
}

impl Agent {
    /// An agent as the store has them: not connected, with nothing in their seats.
    pub(crate) fn new(spec: AgentSpec) -> Self {
        Self {
            id: spec.id,
            seats: spec.seats,
            duty: spec.duty,
            groups: sorted(spec.groups),
            last_seated_at: spec.last_seated_at,
            connected: false,
            grace_until: None,
            away: false,
            conversations: BTreeSet::new(),
        }
    }

    pub(crate) fn used(&self) -> u32 {
        u32::try_from(self.conversations.len()).unwrap_or(u32::MAX)
    }

    /// Connected, or expected back within the grace period.
    pub(crate) fn present(&self) -> bool {
        self.connected || self.grace_until.is_some()
    }

    pub(crate) fn has_free_seat(&self) -> bool {
        self.duty == Duty::On && self.connected && !self.away && self.used() < self.seats
    }

    /// Counts as somebody on duty, even with every seat taken, and even while away: who let one guest wait too long has
    /// not left those who wait.
    pub(crate) fn staffs(&self) -> bool {
        self.duty == Duty::On && self.present() && self.seats > 0
    }

    pub(crate) fn serves(&self, group: GroupId) -> bool {
        self.groups.binary_search(&group).is_ok()
    }

    /// What a group's pool keeps of this agent.
    pub(crate) fn standing(&self) -> Standing {
        Standing {
            free: self.has_free_seat().then(|| FreeSeat {
                used: self.used(),
                last_seated_at: self.last_seated_at,
                agent: self.id,
            }),
            staffs: self.staffs(),
            here: self.staffs() && self.connected && !self.away,
            working_seats: if self.staffs() && !self.away { self.seats } else { 0 },
        }
    }
}

/// Groups in the order that [`Agent::serves`] relies on.
pub(crate) fn sorted(mut groups: Vec<GroupId>) -> Vec<GroupId> {
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// An agent's part in the pools of their groups. The default is that of somebody who is not there at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) free: Option<FreeSeat>,
    pub(crate) staffs: bool,
    /// Takes guests, when a seat is free.
    pub(crate) here: bool,
    /// Seats that guests are being served in, for the estimate. A connection that dropped a moment ago changes nothing.
    pub(crate) working_seats: u32,
}

/// An agent with a free seat. The smallest is the least busy: fewest conversations, then seated longest ago, then id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FreeSeat {
    pub(crate) used: u32,
    pub(crate) last_seated_at: Timestamp,
    pub(crate) agent: MemberId,
}
