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

/// Where one conversation is: everything about it that dispatch decides, and nothing else. One row's worth.
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
    pub state: ConversationState,
    /// When it came into `state` (for `Seated`: when this seating began).
    pub since: Timestamp,
    /// The agent who holds it; `Some` exactly if `Seated`.
    pub agent: Option<MemberId>,
    /// `Some` exactly if `Seated`.
    pub seat_reason: Option<SeatReason>,
    /// The agent has accepted or replied in this seating.
    pub answered: bool,
    /// Lost a seat, not by going away, and so waits at the front of the line, before every priority.
    pub returned: bool,
    /// `Some` exactly if `Waiting`.
    pub wait_reason: Option<WaitReason>,
    /// `Some` exactly if `Missed`.
    pub missed_reason: Option<MissedReason>,
    /// `Some` exactly if `Closed`.
    pub closed_by: Option<ClosedBy>,
    /// Since when the guest waits for a reply to what they wrote; `None` if nothing is owed.
    pub owed_since: Option<Timestamp>,
    /// How often a seat of this conversation went unanswered.
    pub bounces: i32,
    /// The guest was connected at some time during this seating; only then does their absence end it.
    pub guest_seen: bool,
    /// The agent who served the guest last, in this conversation or an earlier one.
    pub last_agent: Option<MemberId>,
}
