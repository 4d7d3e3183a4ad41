//! The live page: the whole room as rows of seats.

use crate::{ConversationId, Duty, GroupId, GuestId, MemberId, MissedReason, Timestamp, WaitReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything the live page shows, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveView {
    pub at: Timestamp,
    /// Members who may serve, by name.
    pub agents: Vec<LiveAgent>,
    pub groups: Vec<LiveGroup>,
}

/// One agent and their seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveAgent {
    pub id: MemberId,
    pub name: String,
    #[serde(deserialize_with = "crate::member::known_duty")]
    pub duty: Duty,
    /// When they chose it; `null` if that is not known.
    pub duty_since: Option<Timestamp>,
    pub connected: bool,
    /// Seats are held for an agent whose connection dropped, until the grace period ends.
    pub held: bool,
    /// The agent let a guest bounce and has shown no sign of life since.
    pub away: bool,
    pub seats: i32,
    /// Conversations held; more than `seats` after seats were taken away or a forced transfer.
    pub used: i32,
    /// Those conversations, the oldest seating first.
    pub seated: Vec<LiveSeat>,
    pub groups: Vec<GroupId>,
}

/// A seat that is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveSeat {
    pub conversation: ConversationId,
    /// The group the guest came to; another than the agent's own after a transfer or an overflow.
    pub group: GroupId,
    pub guest: GuestId,
    /// Empty for an anonymous guest.
    pub guest_name: String,
    pub since: Timestamp,
    /// Since when the guest waits for a reply; `null` if nothing is owed.
    pub waiting_since: Option<Timestamp>,
}

/// One member group: its line and its missed queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveGroup {
    pub id: GroupId,
    pub name: String,
    /// Somebody is on duty for it, or for the group it overflows to. If not, new guests are missed.
    pub staffed: bool,
    /// Those who wait, first in line first; at most 100.
    pub line: Vec<LiveWaiting>,
    /// How many wait in all.
    pub waiting: i32,
    /// Newest first; at most 100.
    pub missed: Vec<LiveMissed>,
    /// How many are in the missed queue in all.
    pub missed_total: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveWaiting {
    pub conversation: ConversationId,
    pub guest: GuestId,
    /// Empty for an anonymous guest.
    pub guest_name: String,
    pub since: Timestamp,
    pub reason: WaitReason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveMissed {
    pub conversation: ConversationId,
    pub guest: GuestId,
    /// Empty for an anonymous guest.
    pub guest_name: String,
    pub since: Timestamp,
    pub reason: MissedReason,
}
