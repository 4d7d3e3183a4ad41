//! Who is seated next, and with whom; and which groups have lost their last agent or got one back.

use crate::Dispatcher;
use crate::group::Group;
use crate::place::{Destination, Seat};
use crate::roster::Roster;
use crate::timer::Timer;
use domain::{ConversationId, GroupId, MemberId, SeatHow};

impl Dispatcher {
    /// Gives free seats to those waiting until nobody waits who could be seated, then notices which lines nobody serves.
    ///
    /// Only groups whose line or seats changed are looked at: in all others nobody could be seated before, and nothing
    /// has changed since.
    pub(crate) fn settle(&mut self) {
        while let Some((conversation, seat)) = self.next_seating() {
            self.put(conversation, Destination::Seat(seat));
        }
        for group in std::mem::take(&mut self.roster.attention.unsettled) {
            self.review_staffing(group);
        }
    }

    /// Of all who are first in their line and for whom there is a seat, the one who goes first.
    fn next_seating(&self) -> Option<(ConversationId, Seat)> {
        let (place, group) = self
            .roster
            .attention
            .unsettled
            .iter()
            .filter_map(|id| self.roster.groups.get(id))
            .filter_map(|group| Some((group.line.first()?, group)))
            .filter(|(_, group)| self.roster.has_seat_for(group))
            .min_by_key(|(place, _)| *place)?;
        let last_agent = self.conversations.get(place.conversation)?.placement.last_agent;
        Some((place.conversation, self.roster.choose(group, last_agent)?))
    }

    /// Starts or stops the time after which a line that nobody serves becomes missed.
    fn review_staffing(&mut self, id: GroupId) {
        let Some(group) = self.roster.groups.get(&id) else {
            return;
        };
        let closing = !group.line.is_empty() && !self.roster.staffed(group);
        if closing == group.closing_at.is_some() {
            return;
        }
        self.set_closing(id, closing.then(|| self.now.saturating_add(self.settings.unstaffed_ms)));
    }

    pub(crate) fn set_closing(&mut self, id: GroupId, closing_at: Option<i64>) {
        let Some(group) = self.roster.groups.get_mut(&id) else {
            return;
        };
        self.changes.was_closing.entry(id).or_insert(group.closing_at.is_some());
        self.timers
            .replace_any(Timer::Unstaffed(id), group.closing_at, closing_at);
        group.closing_at = closing_at;
    }
}

impl Roster {
    fn has_seat_for(&self, group: &Group) -> bool {
        !group.pool.free.is_empty()
            || self
                .overflow_of(group)
                .is_some_and(|overflow| !overflow.pool.free.is_empty())
    }

    /// The seat for a guest of the group who was last served by `last_agent`: one of the group's own, or else one of the
    /// group it overflows to; with the agent who knows them, if the group wants that, or else with the least busy.
    pub(crate) fn choose(&self, group: &Group, last_agent: Option<MemberId>) -> Option<Seat> {
        let overflow = group.pool.free.is_empty();
        let source = if overflow { self.overflow_of(group)? } else { group };
        let on_duty = self.on_duty(group, overflow);
        let seat = |agent, how| Seat {
            agent,
            how,
            on_duty,
            overflow,
        };

        let knows_them = last_agent
            .filter(|_| group.spec.last_agent_first)
            .and_then(|agent| self.agents.get(&agent))
            .filter(|agent| agent.has_free_seat() && agent.serves(source.spec.id));
        match knows_them {
            Some(agent) => Some(seat(agent.id, SeatHow::LastAgent)),
            None => source
                .pool
                .free
                .first()
                .map(|free| seat(free.agent, SeatHow::LeastBusy)),
        }
    }
}
