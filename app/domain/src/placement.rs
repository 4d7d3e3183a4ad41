//! What the dispatcher works on, as the store keeps it. The dispatcher is rebuilt from these at start.

use crate::{
    ClosedBy, ConversationId, ConversationState, Duty, Epoch, GroupId, GuestId, MemberId, MissedReason, SeatReason,
    Timestamp, WaitReason,
};

/// A member group's rules of dispatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSpec {
    pub id: GroupId,
    /// Prefer the agent who served the guest last, if they have a free seat.
    pub last_agent_first: bool,
    /// Longest line; who arrives after that is missed.
    pub line_max: Option<u32>,
    /// Longest wait, in milliseconds; who waits longer is missed.
    pub wait_ms_max: Option<i64>,
    /// The group whose agents serve this one's guests when none of its own has a free seat. One step, not a chain.
    pub overflow: Option<GroupId>,
}

/// An agent, as far as dispatch cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentSpec {
    pub id: MemberId,
    /// 0 or more.
    pub seats: u32,
    pub duty: Duty,
    /// Sorted, without repeats.
    pub groups: Vec<GroupId>,
    /// When the agent was last given a conversation; decides between equally busy ones.
    pub last_seated_at: Timestamp,
}

/// Where a conversation is, with what is known of it there and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Waiting {
        reason: WaitReason,
        /// Lost a seat, not by going away, and so waits at the front of the line, before every priority.
        returned: bool,
    },
    Seated {
        agent: MemberId,
        reason: SeatReason,
        /// The agent has accepted or replied in this seating.
        answered: bool,
        /// The guest was connected at some time during this seating; only then does their absence end it.
        guest_seen: bool,
    },
    Missed {
        reason: MissedReason,
    },
    Closed {
        by: ClosedBy,
    },
}

/// Everything about one conversation that dispatch decides, and nothing else. One row's worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub conversation: ConversationId,
    pub guest: GuestId,
    pub group: GroupId,
    /// Higher goes first; 0 is normal.
    pub priority: i32,
    /// Order of arrival over all groups; lower goes first.
    pub ticket: i64,
    /// Counts the seatings so far.
    pub epoch: Epoch,
    pub place: Place,
    /// When it came into `place`; of a seated one, when this seating began.
    pub since: Timestamp,
    /// Since when the guest waits for a reply to what they wrote; `None` if nothing is owed.
    pub owed_since: Option<Timestamp>,
    /// How often a seat of this conversation went unanswered.
    pub bounces: i32,
    /// The agent who served the guest last, in this conversation or an earlier one.
    pub last_agent: Option<MemberId>,
}

impl Placement {
    pub const fn state(&self) -> ConversationState {
        match self.place {
            Place::Waiting { .. } => ConversationState::Waiting,
            Place::Seated { .. } => ConversationState::Seated,
            Place::Missed { .. } => ConversationState::Missed,
            Place::Closed { .. } => ConversationState::Closed,
        }
    }

    /// The agent who holds it.
    pub const fn agent(&self) -> Option<MemberId> {
        match self.place {
            Place::Seated { agent, .. } => Some(agent),
            _ => None,
        }
    }

    pub const fn seat_reason(&self) -> Option<SeatReason> {
        match self.place {
            Place::Seated { reason, .. } => Some(reason),
            _ => None,
        }
    }

    pub const fn wait_reason(&self) -> Option<WaitReason> {
        match self.place {
            Place::Waiting { reason, .. } => Some(reason),
            _ => None,
        }
    }

    pub const fn missed_reason(&self) -> Option<MissedReason> {
        match self.place {
            Place::Missed { reason } => Some(reason),
            _ => None,
        }
    }

    pub const fn closed_by(&self) -> Option<ClosedBy> {
        match self.place {
            Place::Closed { by } => Some(by),
            _ => None,
        }
    }

    /// Seated, and the agent has accepted or replied.
    pub const fn answered(&self) -> bool {
        matches!(self.place, Place::Seated { answered: true, .. })
    }

    /// Seated, and the guest was connected at some time meanwhile.
    pub const fn guest_seen(&self) -> bool {
        matches!(self.place, Place::Seated { guest_seen: true, .. })
    }

    /// Waits at the front of the line.
    pub const fn returned(&self) -> bool {
        matches!(self.place, Place::Waiting { returned: true, .. })
    }
}
