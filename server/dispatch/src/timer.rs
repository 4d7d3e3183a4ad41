//! What is due when.

use domain::{ConversationId, GroupId, MemberId};
use std::collections::BTreeSet;

/// What happens when the time has come. Of those with the same deadline the smallest fires first, which is why the order
/// of the variants matters: a lost agent's guests have not been left unanswered, and a guest who is gone neither bounces
/// nor waits too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// The agent has not come back.
    AgentGrace(MemberId),
    /// The guest has not come back.
    Absence(ConversationId),
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
    /// Moves a timer from the deadline it was set to, if any, to another, if any.
    pub(crate) fn replace(&mut self, timer: Timer, from: Option<i64>, to: Option<i64>) {
        if from == to {
            return;
        }
        if let Some(deadline) = from {
            self.due.remove(&(deadline, timer));
        }
        if let Some(deadline) = to {
            self.due.insert((deadline, timer));
        }
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
