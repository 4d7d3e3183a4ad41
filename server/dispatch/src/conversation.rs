//! One conversation as the dispatcher keeps it: its placement, and what is not worth storing.

use crate::Settings;
use crate::changes::Change;
use domain::{ConversationState, Placement};

#[derive(Debug)]
pub(crate) struct Conversation {
    pub(crate) placement: Placement,
    pub(crate) guest: GuestPresence,
    /// Since when the agent is being asked to take it up: from the seating on, or from the restart that came after it.
    pub(crate) asked_at: i64,
    /// What the timers are set to.
    pub(crate) deadlines: Deadlines,
    /// What this call of `handle` has done to it so far.
    pub(crate) change: Option<Change>,
    /// How long the seating lasted that this call has ended for good.
    pub(crate) service_ms: Option<i64>,
}

/// Is the guest connected?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuestPresence {
    Here,
    /// The connection dropped, and the guest has a while to come back. The while begins anew when they are put back in
    /// line: who was away from a seat that was lost through no fault of theirs gets the full grace period.
    Gone {
        since: i64,
    },
    /// Not here, and nobody minds: missed, or claimed out of the missed queue to be answered in writing.
    NotExpected,
}

/// When something happens to a conversation by itself. A function of its state, see [`Conversation::deadlines`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deadlines {
    pub(crate) absence: Option<i64>,
    pub(crate) accept: Option<i64>,
    pub(crate) wait_max: Option<i64>,
}

impl Conversation {
    pub(crate) fn new(placement: Placement, guest: GuestPresence, asked_at: i64) -> Self {
        Self {
            placement,
            guest,
            asked_at,
            deadlines: Deadlines::default(),
            change: None,
            service_ms: None,
        }
    }

    pub(crate) fn guest_is_here(&self) -> bool {
        self.guest == GuestPresence::Here
    }

    /// What the timers ought to be set to; `wait_ms_max` is the group's.
    pub(crate) fn deadlines(&self, settings: &Settings, wait_ms_max: Option<i64>) -> Deadlines {
        let absent_since = match self.guest {
            GuestPresence::Gone { since } => Some(since),
            GuestPresence::Here | GuestPresence::NotExpected => None,
        };
        let after = |since: i64, ms: i64| since.saturating_add(ms);
        match self.placement.state {
            ConversationState::Waiting => Deadlines {
                absence: absent_since.map(|since| after(since, settings.guest_grace_ms)),
                accept: None,
                wait_max: wait_ms_max.map(|ms| after(self.placement.since.0, ms)),
            },
            ConversationState::Seated => Deadlines {
                absence: absent_since.map(|since| after(since, settings.guest_gone_ms)),
                accept: (!self.placement.answered).then(|| after(self.asked_at, settings.accept_ms)),
                wait_max: None,
            },
            ConversationState::Missed | ConversationState::Closed => Deadlines::default(),
        }
    }
}
