//! One conversation as the dispatcher keeps it: its placement, and what is not worth storing.
//!
//! There may be a hundred thousand of them, and whoever is seated next has not been looked at for long: what is kept here
//! is kept small.

use crate::Settings;
use crate::changes::ChangeId;
use crate::timer::NEVER;
use domain::{Place, Placement, SeatHow};

#[derive(Debug)]
pub(crate) struct Conversation {
    pub(crate) placement: Placement,
    pub(crate) guest: GuestPresence,
    /// What is timed in its place counts from then: the wait in line, or the time an agent is given to take it up. Later
    /// than the beginning by what does not count, such as time in which the server stood still.
    pub(crate) counts_from: i64,
    /// What the timers are set to.
    pub(crate) deadlines: Deadlines,
    /// What this call of `handle` has done to it so far.
    pub(crate) change: Option<ChangeId>,
}

/// Is the guest connected?
///
/// The while that a guest has to come back begins anew when they are put back in line: who was away from a seat that was
/// lost through no fault of theirs gets the full grace period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuestPresence {
    Here,
    /// The connection dropped a moment ago, which may be no more than the way to the next page: as good as here.
    Gone {
        since: i64,
    },
    /// Gone for too long to pass as here: holds no seat that nobody has taken up, and is passed over in line.
    Away {
        since: i64,
    },
    /// Not here, and nobody minds: missed, or claimed out of the missed queue to be answered in writing.
    NotExpected,
}

/// When something happens to a conversation by itself, or [`NEVER`]. A function of its state, see
/// [`Conversation::deadlines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    pub(crate) absence: i64,
    pub(crate) away: i64,
    pub(crate) accept: i64,
    pub(crate) wait_max: i64,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            absence: NEVER,
            away: NEVER,
            accept: NEVER,
            wait_max: NEVER,
        }
    }
}

impl Conversation {
    pub(crate) fn new(placement: Placement, guest: GuestPresence, counts_from: i64) -> Self {
        Self {
            placement,
            guest,
            counts_from,
            deadlines: Deadlines::default(),
            change: None,
        }
    }

    pub(crate) fn guest_is_here(&self) -> bool {
        self.guest == GuestPresence::Here
    }

    /// The guest is not there, nor may be at any moment.
    pub(crate) fn guest_is_away(&self) -> bool {
        matches!(self.guest, GuestPresence::Away { .. } | GuestPresence::NotExpected)
    }

    /// In a seat that dispatch itself has given, and which the agent has not taken up yet. (What a person handed to an
    /// agent stays with them.)
    pub(crate) fn is_offered(&self) -> bool {
        match self.placement.place {
            Place::Seated { reason, answered, .. } => {
                !answered && matches!(reason.how, SeatHow::LeastBusy | SeatHow::LastAgent)
            }
            Place::Waiting { .. } | Place::Missed { .. } | Place::Closed { .. } => false,
        }
    }

    /// What the timers ought to be set to; `wait_ms_max` is the group's.
    pub(crate) fn deadlines(&self, settings: &Settings, wait_ms_max: Option<i64>) -> Deadlines {
        let (patience_ms, waits, answered) = match self.placement.place {
            Place::Waiting { .. } => (settings.guest_grace_ms, true, false),
            Place::Seated { answered, .. } => (settings.guest_gone_ms, false, answered),
            Place::Missed { .. } | Place::Closed { .. } => return Deadlines::default(),
        };
        let (absence, away) = match self.guest {
            GuestPresence::Gone { since } => (
                since.saturating_add(patience_ms),
                since.saturating_add(settings.absence_ms),
            ),
            GuestPresence::Away { since } => (since.saturating_add(patience_ms), NEVER),
            GuestPresence::Here | GuestPresence::NotExpected => (NEVER, NEVER),
        };
        // Nobody is asked to take up a guest who is not there.
        let asked = !waits && !answered && !self.guest_is_away();
        Deadlines {
            absence,
            away,
            accept: if asked {
                self.counts_from.saturating_add(settings.accept_ms)
            } else {
                NEVER
            },
            wait_max: wait_ms_max
                .filter(|_| waits)
                .map_or(NEVER, |ms| self.counts_from.saturating_add(ms)),
        }
    }

    /// The server stood still for `ms` until `now`, in which nobody could act: everybody's patience begins anew, and what
    /// was waited in line meanwhile does not count.
    pub(crate) fn stood_still(&mut self, now: i64, ms: i64) {
        self.guest = match self.guest {
            GuestPresence::Gone { .. } => GuestPresence::Gone { since: now },
            GuestPresence::Away { .. } => GuestPresence::Away { since: now },
            other => other,
        };
        self.counts_from = match self.placement.place {
            Place::Waiting { .. } => self.counts_from.saturating_add(ms),
            _ => now,
        };
    }
}
