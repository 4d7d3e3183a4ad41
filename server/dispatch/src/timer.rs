//! What is due when.

use domain::{ConversationId, GroupId, MemberId};
use std::collections::BTreeSet;

/// The deadline of what is not going to happen.
pub(crate) const NEVER: i64 = i64::MAX;

/// What happens when the time has come. Of those with the same deadline the smallest fires first, which is why the order
/// of the variants matters: a lost agent's guests have not been left unanswered, and a guest who is gone or away neither
/// bounces nor waits too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// The agent has not come back.
    AgentGrace(MemberId),
    /// The guest has not come back.
    Absence(ConversationId),
    /// The guest has been gone for longer than the next page takes.
    Away(ConversationId),
    /// The agent has not replied.
    Accept(ConversationId),
    /// The guest has waited for as long as the group allows.
    WaitMax(ConversationId),
    /// Nobody has come on duty.
    Unstaffed(GroupId),
}

/// Timers by deadline, in milliseconds. Who sets one remembers its deadline, so that it can be taken back without a search.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(i64, Timer)>,
}

impl Timers {
    /// Moves a timer from the deadline it was set to, or [`NEVER`], to another, or [`NEVER`].
    pub(crate) fn replace(&mut self, timer: Timer, from: i64, to: i64) {
        if from == to {
            return;
        }
        if from != NEVER {
            self.due.remove(&(from, timer));
        }
        if to != NEVER {
            self.due.insert((to, timer));
        }
    }

    /// The same of a timer that need not be set.
    pub(crate) fn replace_any(&mut self, timer: Timer, from: Option<i64>, to: Option<i64>) {
        self.replace(timer, from.unwrap_or(NEVER), to.unwrap_or(NEVER));
    }

    pub(crate) fn next_deadline(&self) -> Option<i64> {
        self.due.first().map(|(deadline, _)| *deadline)
    }

    /// Takes out the first timer that is due at `deadline` or earlier.
    pub(crate) fn pop(&mut self, deadline: i64) -> Option<Timer> {
        if self.next_deadline()? > deadline {
            return None;
        }
        self.due.pop_first().map(|(_, timer)| timer)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(i64, Timer)> {
        self.due.iter()
    }
}
