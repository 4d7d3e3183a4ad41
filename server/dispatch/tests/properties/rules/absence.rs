//! Rules 9 to 11: guests who are not there, and a server that was not.

use super::{Rules, Seen};
use dispatch::Event;
use domain::{ClosedBy, ConversationState, Placement, SeatHow};

/// In a seat that no person has chosen.
fn is_offered(placement: &Placement) -> bool {
    let how = placement.seat_reason().map(|reason| reason.how);
    !placement.answered() && matches!(how, Some(SeatHow::LeastBusy | SeatHow::LastAgent))
}

impl Rules {
    pub fn rule_9_who_is_not_there_takes_no_seat(&mut self, seen: &Seen<'_>) {
        self.note_who_is_gone(seen);
        for (_, after) in seen.placed() {
            let id = after.conversation;
            let is_back = matches!(
                seen.event,
                Event::GuestConnected { conversation } | Event::Arrive { conversation, .. } | Event::Rejoin { conversation }
                    if *conversation == id
            );
            assert!(
                !seen.before.is_passed_over(id) || !is_offered(after) || is_back,
                "rule 9: {id} was offered a seat, and its guest is away"
            );
        }
        for placement in seen.after.placements.iter().filter(|placement| is_offered(placement)) {
            let id = placement.conversation;
            let since = self.gone_since.get(&id).map(|gone| (*gone).max(self.asked_at[&id]));
            assert!(
                since.is_none_or(|since| since + self.settings.absence_ms > seen.now),
                "rule 9: {id} is offered a seat, and its guest has been away for too long"
            );
        }
        for line in &seen.after.lines {
            for id in &line.passed_over {
                assert!(
                    self.gone_since.contains_key(id),
                    "rule 9: {id} is passed over, and its guest is there"
                );
            }
        }
    }

    fn note_who_is_gone(&mut self, seen: &Seen<'_>) {
        if seen.result.is_err() {
            return;
        }
        match seen.event {
            Event::Arrive { conversation, .. } => drop(self.gone_since.remove(conversation)),
            Event::GuestConnected { conversation } => {
                self.gone_since.remove(conversation);
                self.asked_at.entry(*conversation).and_modify(|at| *at = seen.now);
            }
            Event::Rejoin { conversation } => {
                // Done exactly if it has a new place in line; one that was not missed stays where it was.
                let new_ticket = |(before, after): (Option<&Placement>, &Placement)| {
                    after.conversation == *conversation && before.is_some_and(|before| before.ticket != after.ticket)
                };
                if seen.placed().any(new_ticket) {
                    self.gone_since.remove(conversation);
                }
            }
            Event::GuestDisconnected { conversation } | Event::ByForm { conversation, .. } => {
                self.gone_since.entry(*conversation).or_insert(seen.now);
            }
            _ => {}
        }
    }

    /// The agent who has it is not asked to take it up: a person chose them, and the guest is not there.
    pub fn is_kept_for_later(&self, placement: &Placement) -> bool {
        !is_offered(placement) && self.gone_since.contains_key(&placement.conversation)
    }
}

pub fn rule_10_only_what_nobody_can_act_on_is_dismissed(seen: &Seen<'_>) {
    for (before, after) in seen.placed() {
        if after.closed_by() == Some(ClosedBy::NothingSaid) {
            let was_missed = before.is_none_or(|before| before.state() == ConversationState::Missed);
            let asked = matches!(seen.event, Event::Dismiss { conversation } if *conversation == after.conversation);
            assert!(
                asked && (was_missed || seen.something_was_due()),
                "rule 10: {} was dismissed",
                after.conversation
            );
        }
    }
}

/// A wait that is limited is longer by the stall only, and may have been over before.
pub fn rule_11_nothing_is_overdue_after_a_stall(seen: &Seen<'_>) {
    if !matches!(seen.event, Event::Stalled { .. }) {
        return;
    }
    for (_, after) in seen.placed() {
        let waited_too_long = after.missed_reason() == Some(domain::MissedReason::WaitedTooLong);
        assert!(
            waited_too_long,
            "rule 11: {} was moved for what happened while the server stood still",
            after.conversation
        );
    }
}
