//! Rules 1, 5 and 6: agents and their seats.

use super::view::AgentSeen;
use super::{Rules, Seen};
use dispatch::Decision;
use domain::{ConversationState, Duty, MemberId, MissedReason, Placement, SeatHow, WaitReason};

pub fn rule_1_no_agent_holds_more_than_their_seats(seen: &Seen<'_>) {
    for agent in &seen.after.agents {
        let held = seated_with(&seen.after.placements, agent.id);
        let ids: Vec<_> = held.iter().map(|placement| placement.conversation).collect();
        assert_eq!(
            agent.conversations.len(),
            ids.len(),
            "rule 1: the seats of {} and who sits in them",
            agent.id
        );
        assert!(
            agent.conversations.iter().all(|id| ids.contains(id)),
            "rule 1: somebody else in a seat of {}",
            agent.id
        );

        let regular = count_regular(&held);
        let old = seen.before.agent(agent.id);
        let held_before = seated_with(&seen.before.placements, agent.id);
        let newly_seated = held.iter().any(|new| {
            let same = |old: &&&Placement| (old.conversation, old.epoch) == (new.conversation, new.epoch);
            !forced(new) && held_before.iter().find(same).is_none()
        });
        // Seats may be taken away from under those who sit in them, but then nobody else is seated.
        let seats = agent.seats.max(old.map_or(0, |old| old.seats)) as usize;
        let allowed = if newly_seated {
            seats
        } else {
            seats.max(count_regular(&held_before))
        };
        assert!(
            regular <= allowed,
            "rule 1: {} holds {regular} conversations in {} seats",
            agent.id,
            agent.seats
        );
    }
}

fn seated_with(placements: &[Placement], agent: MemberId) -> Vec<&Placement> {
    placements
        .iter()
        .filter(|placement| placement.agent() == Some(agent))
        .collect()
}

fn count_regular(held: &[&Placement]) -> usize {
    held.iter().filter(|placement| !forced(placement)).count()
}

fn forced(placement: &Placement) -> bool {
    let how = placement.seat_reason().map(|reason| reason.how);
    matches!(how, Some(SeatHow::Transferred { over_limit: true, .. }))
}

pub fn rule_5_seats_are_held_and_then_released(seen: &Seen<'_>) {
    for agent in &seen.after.agents {
        if !agent.connected && !agent.held {
            assert!(
                agent.conversations.is_empty(),
                "rule 5: {} is gone, but holds conversations",
                agent.id
            );
        }
        // A restart may find an agent who is off duty holding conversations; they are given the grace period.
        if agent.duty == Duty::Off && agent.connected {
            assert!(
                agent.conversations.is_empty(),
                "rule 5: {} is off duty, but holds conversations",
                agent.id
            );
        }
    }
    for (before, after) in seen.placed() {
        let Some(before) = before else { continue };
        // Who was missed because they were away too long, and came back in the same moment, has a new place in line.
        let came_anew = before.ticket != after.ticket;
        if let Some(from) = before.agent().filter(|_| !came_anew) {
            check_move(from, seen.after.agent(from), after);
        }
    }
}

/// For want of staff, that is: an agent on duty who is connected is somebody to wait for, even one who is away.
fn nobody_is_missed_beside_an_agent(seen: &Seen<'_>, missed: &Placement) {
    let for_want_of_staff = matches!(
        missed.missed_reason(),
        Some(MissedReason::NobodyOnDuty | MissedReason::EveryoneLeft)
    );
    let overflow = seen.before.overflow(missed.group);
    let at_work = |agent: &&AgentSeen| {
        let serves = |group| agent.groups.contains(&group);
        agent.duty == Duty::On
            && agent.connected
            && agent.seats > 0
            && (serves(missed.group) || overflow.is_some_and(serves))
    };
    // As it was before this step: what is due happens before what the step is about.
    let beside = seen.before.agents.iter().find(at_work);
    if let Some(agent) = beside.filter(|_| for_want_of_staff) {
        panic!(
            "rule 5: {} was missed for want of staff beside {}",
            missed.conversation, agent.id
        );
    }
}

/// A conversation that was in a seat is in another place.
fn check_move(from: MemberId, agent: Option<&AgentSeen>, after: &Placement) {
    let id = after.conversation;
    if after.state() == ConversationState::Waiting {
        assert!(
            after.returned() != (after.wait_reason() == Some(WaitReason::GuestAway)),
            "rule 5: {id} lost its seat and is not at the front of the line"
        );
        assert_ne!(
            after.wait_reason(),
            Some(WaitReason::Arrived),
            "rule 5: {id} lost its seat and is not told why"
        );
    }
    if let Some(reason) = after.seat_reason() {
        let moved_by_hand = matches!(reason.how, SeatHow::Transferred { .. } | SeatHow::Claimed);
        assert!(
            reason.after.is_some() || moved_by_hand,
            "rule 5: {id} changed seats and is not told why"
        );
    }
    let why = after
        .wait_reason()
        .or(after.seat_reason().and_then(|reason| reason.after));
    if why == Some(WaitReason::AgentLost) {
        assert!(
            agent.is_none_or(|agent| !agent.held),
            "rule 5: {id} lost its seat while {from} has time to come back"
        );
    }
}

impl Rules {
    pub fn rule_5_the_waiting_are_told_before_they_become_missed(&mut self, seen: &Seen<'_>) {
        for (_, after) in seen.placed() {
            nobody_is_missed_beside_an_agent(seen, after);
            if after.missed_reason() == Some(MissedReason::EveryoneLeft) {
                let told = self.unstaffed_since.get(&after.group);
                let patience_ms = self.settings.unstaffed_ms;
                assert!(
                    told.is_some_and(|told| told + patience_ms <= seen.now),
                    "rule 5: {} became missed before its time",
                    after.conversation
                );
            }
        }
        for decision in seen.decisions {
            match decision {
                Decision::Staffing { group, staffed: false } => drop(self.unstaffed_since.insert(*group, seen.now)),
                Decision::Staffing { group, staffed: true } => drop(self.unstaffed_since.remove(group)),
                _ => {}
            }
        }
        for line in seen
            .after
            .lines
            .iter()
            .filter(|line| !line.staffed && !line.line.is_empty())
        {
            let told = self.unstaffed_since.contains_key(&line.group);
            assert!(
                told,
                "rule 5: those who wait for group {} do not know that nobody is on duty",
                line.group
            );
        }
    }

    pub fn rule_6_an_unanswered_seat_bounces(&mut self, seen: &Seen<'_>) {
        for (before, after) in seen.placed() {
            let id = after.conversation;
            match after.state() {
                ConversationState::Seated => drop(self.asked_at.insert(id, seen.now)),
                _ => drop(self.asked_at.remove(&id)),
            }
            let bounces = after.bounces - before.map_or(0, |before| before.bounces);
            let why = after
                .wait_reason()
                .or(after.seat_reason().and_then(|reason| reason.after));
            assert!(
                (0..=1).contains(&bounces),
                "rule 6: {id} bounced {bounces} times at once"
            );
            if before.is_some_and(|before| before.agent().is_some()) && why == Some(WaitReason::Bounced) {
                assert_eq!(bounces, 1, "rule 6: {id} bounced and it was not counted");
            }
        }
        for placement in seen
            .after
            .placements
            .iter()
            .filter(|placement| placement.agent().is_some())
        {
            let due = self.asked_at[&placement.conversation] + self.settings.accept_ms;
            assert!(
                placement.answered() || due > seen.now || self.is_kept_for_later(placement),
                "rule 6: {} sits unanswered for too long",
                placement.conversation
            );
        }
    }
}
