//! A line: who waits, in order.

use domain::{ConversationId, Placement};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::btree_set;

/// A place in line. The smallest is first: those who lost a seat, then higher priority, then earlier arrival. Tickets
/// are handed out over all groups, so places of different lines compare as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LinePlace {
    returned: Reverse<bool>,
    priority: Reverse<i32>,
    ticket: i64,
    pub(crate) conversation: ConversationId,
}

impl LinePlace {
    pub(crate) fn of(placement: &Placement) -> Self {
        Self {
            returned: Reverse(placement.returned()),
            priority: Reverse(placement.priority),
            ticket: placement.ticket,
            conversation: placement.conversation,
        }
    }
}

/// Those who are served next, and those whose guest is away: passed over until they are back, when they have the place
/// that their ticket gives them.
#[derive(Debug, Default)]
pub(crate) struct Line {
    places: BTreeSet<LinePlace>,
    away: BTreeSet<LinePlace>,
}

impl Line {
    pub(crate) fn join(&mut self, place: LinePlace, away: bool) {
        self.side(away).insert(place);
    }

    pub(crate) fn leave(&mut self, place: &LinePlace, away: bool) {
        self.side(away).remove(place);
    }

    fn side(&mut self, away: bool) -> &mut BTreeSet<LinePlace> {
        if away { &mut self.away } else { &mut self.places }
    }

    pub(crate) fn first(&self) -> Option<&LinePlace> {
        self.places.first()
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Nobody waits, here or away.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty() && self.away.is_empty()
    }

    /// Those who are passed over, in order.
    pub(crate) fn away(&self) -> btree_set::Iter<'_, LinePlace> {
        self.away.iter()
    }

    pub(crate) fn iter(&self) -> btree_set::Iter<'_, LinePlace> {
        self.places.iter()
    }

    /// How many are ahead of `place`, which is in line. Counted from both ends at once, so that the two places that are
    /// asked for most, the first few and the one just taken at the end, cost next to nothing.
    pub(crate) fn ahead_of(&self, place: &LinePlace) -> usize {
        let mut ahead = self.places.range(..place);
        let mut behind = self.places.range(place..).skip(1);
        let mut steps = 0;
        loop {
            if ahead.next().is_none() {
                return steps;
            }
            if behind.next().is_none() {
                return self.len().saturating_sub(steps + 1);
            }
            steps += 1;
        }
    }
}
