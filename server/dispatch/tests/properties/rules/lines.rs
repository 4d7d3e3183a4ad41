//! Rules 2 and 3: lines.

use super::{Seen, View};
use dispatch::Event;
use domain::{ConversationState, Placement, SeatHow};

pub fn rule_2_nobody_waits_while_a_seat_is_free(seen: &Seen<'_>) {
    let view = seen.after;
    for line in view.lines.iter().filter(|line| !line.line.is_empty()) {
        let overflow = view.overflow(line.group);
        let free = view.agents.iter().find(|agent| {
            let serves = |group| agent.groups.contains(&group);
            agent.has_free_seat() && (serves(line.group) || overflow.is_some_and(serves))
        });
        if let Some(agent) = free {
            panic!(
                "rule 2: {} waits for group {}, while {} has a free seat",
                line.line[0], line.group, agent.id
            );
        }
    }
}

pub fn rule_3_first_come_first_seated(seen: &Seen<'_>) {
    for line in &seen.after.lines {
        for part in [&line.line, &line.passed_over] {
            let places: Vec<_> = part
                .iter()
                .map(|id| seen.after.open(*id).unwrap())
                .map(|one| order(one, one.returned()))
                .collect();
            assert!(
                places.is_sorted(),
                "rule 3: the line of group {} is out of order: {part:?}",
                line.group,
            );
        }
    }
    for (before, after) in seen.placed() {
        let how = after.seat_reason().map(|reason| reason.how);
        if matches!(how, Some(SeatHow::LeastBusy | SeatHow::LastAgent)) {
            nobody_was_passed_over(seen, before, after);
        }
    }
}

/// Nobody who waited before and still waits should have been seated first, except who was away for a moment in between.
fn nobody_was_passed_over(seen: &Seen<'_>, before: Option<&Placement>, seated: &Placement) {
    let lost_seat = before.is_some_and(|before| before.returned() || before.state() == ConversationState::Seated);
    for other in waiting(seen.after).filter(|other| other.group == seated.group) {
        let waited = waiting(seen.before)
            .any(|before| (before.conversation, before.ticket) == (other.conversation, other.ticket));
        let came_back = matches!(
            seen.event,
            Event::GuestConnected { conversation } if *conversation == other.conversation && seen.something_was_due()
        );
        assert!(
            !waited || came_back || order(seated, lost_seat) < order(other, other.returned()),
            "rule 3: {} was seated before {}, who goes first",
            seated.conversation,
            other.conversation
        );
    }
}

/// Without those who are passed over.
fn waiting(view: &View) -> impl Iterator<Item = &Placement> {
    view.placements
        .iter()
        .filter(|placement| placement.state() == ConversationState::Waiting && view.is_in_line(placement.conversation))
}

/// The smaller goes first.
fn order(placement: &Placement, returned: bool) -> (bool, i64, i64) {
    (!returned, -i64::from(placement.priority), placement.ticket)
}

/// Also: staffing, and the estimate.
pub fn rule_3_positions_are_told_when_they_change(seen: &Seen<'_>) {
    for (before, after) in seen.before.lines.iter().zip(&seen.after.lines) {
        let told = seen.after.changed.contains(&after.group);
        assert!(
            told || before == after,
            "rule 3: those who wait for group {} see an old position",
            after.group
        );
    }
}
