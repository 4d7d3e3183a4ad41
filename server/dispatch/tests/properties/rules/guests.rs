//! Rules 4, 7 and 8: what is told of a conversation, and what may act on it.

use super::Seen;
use dispatch::{Decision, Event, Refusal};
use domain::{ConversationState, Epoch, Placement, SeatHow};

pub fn rule_4_nobody_disappears(seen: &Seen<'_>) {
    for before in &seen.before.placements {
        let id = before.conversation;
        if seen.before.open(id).is_some() {
            let after = seen.after.placement(id);
            assert!(after.is_some(), "rule 4: {id} disappeared");
            let place = |of: &Placement| (of.state(), of.agent(), of.epoch, of.ticket);
            let told = seen.placed().filter(|(_, placed)| placed.conversation == id).count();
            assert!(told <= 1, "rule 4: {id} was placed {told} times in one step");
            assert!(
                told == 1 || after.map(place) == Some(place(before)),
                "rule 4: {id} moved and nobody was told"
            );
        }
    }
    for after in &seen.after.placements {
        let waits = seen
            .after
            .lines
            .iter()
            .filter(|line| line.line.contains(&after.conversation) != line.passed_over.contains(&after.conversation))
            .count();
        let sits = seen
            .after
            .agents
            .iter()
            .filter(|agent| agent.conversations.contains(&after.conversation))
            .count();
        let expected = match after.state() {
            ConversationState::Waiting => (1, 0),
            ConversationState::Seated => (0, 1),
            ConversationState::Missed | ConversationState::Closed => (0, 0),
        };
        assert_eq!(
            (waits, sits),
            expected,
            "rule 4: {} is not in exactly one place",
            after.conversation
        );
    }
}

pub fn rule_7_reasons_are_true(seen: &Seen<'_>) {
    for (before, after) in seen.placed() {
        let id = after.conversation;
        let Some(reason) = after.seat_reason() else { continue };
        // What was due may have had them with somebody else in between.
        if reason.how == SeatHow::LastAgent && !seen.something_was_due() {
            let before = before.map_or(after.last_agent, |before| before.last_agent);
            assert_eq!(
                before,
                after.agent(),
                "rule 7: {id} is said to be with whom it was last"
            );
        }
        if matches!(reason.how, SeatHow::LeastBusy | SeatHow::LastAgent | SeatHow::Claimed) {
            assert!(reason.on_duty > 0, "rule 7: {id} was seated with nobody on duty");
        }
    }
}

pub fn rule_8_nothing_acts_on_an_older_seating(seen: &Seen<'_>) {
    for after in &seen.after.placements {
        let Some(before) = seen.before.open(after.conversation) else {
            continue;
        };
        let id = after.conversation;
        assert!(after.epoch >= before.epoch, "rule 8: the epoch of {id} went back");
        if after.agent().is_some() && (after.agent(), after.since) != (before.agent(), before.since) {
            assert!(
                after.epoch > before.epoch,
                "rule 8: {id} was seated again in the same epoch"
            );
        }
    }
    let (conversation, epoch) = match seen.event {
        Event::Accept {
            conversation, epoch, ..
        }
        | Event::AgentSaid {
            conversation, epoch, ..
        }
        | Event::Close {
            conversation, epoch, ..
        }
        | Event::Transfer {
            conversation, epoch, ..
        } => (*conversation, *epoch),
        _ => return,
    };
    // A timer may have closed it or seated it anew just before.
    let undisturbed = !seen
        .decisions
        .iter()
        .any(|decision| matches!(decision, Decision::Placed { .. }));
    let current = seen.before.open(conversation).map_or(Epoch(0), |before| before.epoch);
    if epoch != current && undisturbed {
        assert!(
            seen.result.is_err(),
            "rule 8: {:?} acted on an older seating",
            seen.event
        );
    }
    if seen.result == Err(Refusal::StaleEpoch) {
        let after = seen.after.open(conversation).expect("rule 8: nothing to be stale");
        assert_ne!(after.epoch, epoch, "rule 8: {:?} was refused as stale", seen.event);
    }
}
