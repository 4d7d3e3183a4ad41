//! What is told at intervals: places in line, the lists of the desks, the live page.
//!
//! A change is told at once if nothing was told in the last second, else when that second is over.

use super::Room;
use crate::effect::Audience;
use domain::{ConversationId, GroupId, MemberId, Timestamp};
use protocol::desk::{DeskEvent, Line, Missed};
use protocol::limits::EXACT_AHEAD_MAX;
use protocol::live::LiveEvent;
use std::collections::HashMap;

/// Shortest time between two flushes, in milliseconds.
const FLUSH_EVERY_MS: i64 = 1_000;

/// Shortest time between two looks at who stands behind the first of a line, in milliseconds: there may be very many.
const FAR_EVERY_MS: i64 = 5_000;

/// How many of a line are told each change.
const NEAR: usize = EXACT_AHEAD_MAX as usize + 1;

/// What there is to tell.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// The line or the missed queue of some group changed.
    pub(super) lists: bool,
    /// Something the live page shows changed.
    pub(super) live: bool,
    /// Lines whose guests may have moved.
    lines: Vec<GroupId>,
    /// What those behind the first of a line were told, and whether they may have moved since.
    far: HashMap<GroupId, Far>,
    /// What desks of these groups were told last of line and missed queue.
    lists_told: HashMap<Vec<GroupId>, (Line, Missed)>,
    last: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Far {
    told_at: Timestamp,
    staffed: bool,
    agents_here: bool,
    moved: bool,
}

impl Due {
    const fn any(&self) -> bool {
        self.lists || self.live || !self.lines.is_empty()
    }

    /// When the next flush may happen; `None` if there is nothing to tell.
    pub(super) fn next(&self) -> Option<Timestamp> {
        let earliest = self
            .last
            .map_or(Timestamp(i64::MIN), |last| last.plus_ms(FLUSH_EVERY_MS));
        let far = self.far.values().filter(|far| far.moved);
        let far = far.map(|far| far.told_at.plus_ms(FAR_EVERY_MS)).min();
        let any = self.any().then_some(earliest);
        any.into_iter().chain(far.map(|far| far.max(earliest))).min()
    }

    /// The guests of these lines may be told otherwise than they were.
    pub(super) fn all_lines(&mut self, groups: impl Iterator<Item = GroupId>) {
        for group in groups {
            self.line(group);
        }
    }

    fn line(&mut self, group: GroupId) {
        if !self.lines.contains(&group) {
            self.lines.push(group);
        }
    }

    /// What a desk is told anew is not what the others were told.
    pub(super) fn forget_lists(&mut self) {
        self.lists_told.clear();
    }
}

impl Far {
    fn is_due(self, now: Timestamp) -> bool {
        self.moved && self.told_at.plus_ms(FAR_EVERY_MS) <= now
    }
}

impl Room {
    pub(super) fn flush_if_due(&mut self) {
        for group in self.dispatch.take_changed_lines() {
            self.flush.line(group);
            self.flush.lists = true;
        }
        let now = self.now.steady;
        if self.flush.next().is_none_or(|at| at > now) {
            return;
        }
        self.flush.last = Some(now);
        for group in std::mem::take(&mut self.flush.lines) {
            self.tell_places(group);
            self.tell_duty(group);
        }
        let far = self.flush.far.iter().filter(|(_, far)| far.is_due(now));
        for group in far.map(|(group, _)| *group).collect::<Vec<_>>() {
            self.tell_far(group, now);
        }
        if std::mem::take(&mut self.flush.lists) {
            self.tell_lists();
            self.flush.live = true;
        }
        if std::mem::take(&mut self.flush.live) && self.presence.is_watched() {
            self.tell(Audience::Live, LiveEvent::View(self.live_view()));
        }
    }

    /// Tells the first of a line where they are now, if that is not what they were told last. Those behind them are told
    /// now and then, or when it is not only their number that changed.
    fn tell_places(&mut self, group: GroupId) {
        let line: Vec<_> = self.dispatch.line(group).take(NEAR + 1).collect();
        for (ahead, conversation) in (0_u32..).zip(line.iter().take(NEAR)) {
            self.tell_place(group, ahead, *conversation);
        }
        if line.len() <= NEAR {
            self.flush.far.remove(&group);
            return;
        }
        let (staffed, agents_here) = (self.dispatch.staffed(group), self.agents_pass_as_here(group));
        let far = self.flush.far.entry(group).or_insert(Far {
            told_at: Timestamp(i64::MIN),
            staffed,
            agents_here,
            moved: true,
        });
        far.moved = true;
        if (far.staffed, far.agents_here) != (staffed, agents_here) {
            far.told_at = Timestamp(i64::MIN);
        }
    }

    /// The same for those behind the first of a line.
    fn tell_far(&mut self, group: GroupId, now: Timestamp) {
        let line: Vec<_> = self.dispatch.line(group).skip(NEAR).collect();
        for (ahead, conversation) in (EXACT_AHEAD_MAX + 1..).zip(line) {
            self.tell_place(group, ahead, conversation);
        }
        let far = Far {
            told_at: now,
            staffed: self.dispatch.staffed(group),
            agents_here: self.agents_pass_as_here(group),
            moved: false,
        };
        self.flush.far.insert(group, far);
    }

    fn tell_place(&mut self, group: GroupId, ahead: u32, conversation: ConversationId) {
        let now = self.waiting_at(group, ahead);
        if self
            .conversations
            .talk(conversation)
            .is_some_and(|talk| now.is_news_after(talk.told))
            && let Some((guest, view)) = self.waiting_view(conversation, now)
        {
            self.tell_view(guest, view);
        }
    }

    /// Tells every desk the line and the missed queue of its groups, if they are not what it was told last. Desks of the
    /// same groups are told together.
    fn tell_lists(&mut self) {
        let mut desks: HashMap<Vec<GroupId>, Vec<MemberId>> = HashMap::new();
        for member in self.presence.desks() {
            desks.entry(self.groups_of(member)).or_default().push(member);
        }
        let mut before = std::mem::take(&mut self.flush.lists_told);
        for (groups, members) in desks {
            let (line, missed) = (self.line(&groups), self.missed(&groups));
            let told = before.remove(&groups);
            if told.as_ref().is_none_or(|(told, _)| *told != line) {
                self.tell(Audience::Desks(members.clone()), DeskEvent::Line(line.clone()));
            }
            if told.as_ref().is_none_or(|(_, told)| *told != missed) {
                self.tell(Audience::Desks(members), DeskEvent::Missed(missed.clone()));
            }
            self.flush.lists_told.insert(groups, (line, missed));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use crate::Outcome;
    use crate::testing::{TestRoom, room, told};
    use protocol::guest::GuestPlace;

    /// The numbers of people ahead that a guest is told.
    fn ahead(outcomes: &[Outcome], number: u64) -> Vec<u32> {
        let places = told(outcomes, number).into_iter().map(|one| one.place);
        let waiting = places.filter_map(|place| match place {
            GuestPlace::Waiting { ahead, .. } => Some(ahead),
            _ => None,
        });
        waiting.collect()
    }

    /// One seat, and so many guests, the first of them seated.
    fn with_guests(count: u64) -> TestRoom {
        let mut room = room(1);
        for number in 1..=count {
            room.comes(number);
            room.starts(number);
        }
        room.lives_on(6);
        room
    }

    #[test]
    fn the_first_ten_are_told_every_step_and_those_behind_them_round_numbers() {
        let mut room = with_guests(42);
        let mut outcomes = Vec::new();
        for _ in 0..41 {
            outcomes.push(room.closes_first());
            outcomes.extend(room.lives_on(6));
        }
        // Not every time that they are told is it for the number.
        let numbers = |number| {
            let mut numbers = ahead(&outcomes, number);
            numbers.dedup();
            numbers
        };
        assert_eq!(numbers(12), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        let (round, exact) = ([40, 35, 30, 25, 20, 15], [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert!(
            [round.as_slice(), &exact].concat().ends_with(&numbers(42)),
            "{:?}",
            numbers(42)
        );
        assert!(numbers(42).len() >= 16);
    }

    #[test]
    fn all_are_told_at_once_that_nobody_is_on_duty() {
        let mut room = with_guests(30);
        room.event(dispatch::Event::Duty {
            agent: crate::testing::AGENT,
            duty: domain::Duty::Break,
        });
        let outcomes = room.lives_on(2);
        for number in 2..=30 {
            let last = told(&outcomes, number).pop().unwrap();
            assert!(
                matches!(last.place, GuestPlace::Waiting { staffed: false, .. }),
                "{last:?}"
            );
        }
    }

    #[test]
    fn who_moves_up_is_not_told_twice() {
        let mut room = with_guests(5);
        let mut outcomes = vec![room.closes_first()];
        outcomes.extend(room.lives_on(20));
        assert_eq!(ahead(&outcomes, 5), [2]);
    }
}
