//! The rules of dispatch, each as a check of what can be seen from outside: what was, what is, and what was told.
//!
//! 1. No seat holds two conversations; no agent holds more than their seats, but for a supervisor's forced transfer.
//! 2. Nobody waits while an eligible free seat exists.
//! 3. Within a group and priority, first come first seated. Position counts only who is really ahead.
//! 4. No guest disappears: each is in exactly one place, and every change is told.
//! 5. A lost agent's seats are held for a grace period; then their guests go to the front of the line or to a colleague,
//!    told why. When the last agent leaves, the waiting are told, and become missed after a grace period.
//! 6. An unanswered seat bounces to the next agent, and is counted.
//! 7. Every decision has its reason.
//! 8. Each seating has an epoch, and nothing acts on an older one.

mod agents;
mod guests;
mod lines;
mod view;

use dispatch::{Decision, Event, Refusal, Settings};
use domain::{ConversationId, GroupId, Placement};
use std::collections::BTreeMap;
pub use view::View;

/// One step, as seen from outside.
pub struct Seen<'a> {
    pub before: &'a View,
    pub after: &'a View,
    pub event: &'a Event,
    pub result: Result<(), Refusal>,
    pub decisions: &'a [Decision],
    /// The time as dispatch takes it: never before the latest time seen.
    pub now: i64,
}

impl Seen<'_> {
    /// What was placed in this step: where it was (if it was anywhere), and where it is.
    pub fn placed(&self) -> impl Iterator<Item = (Option<&Placement>, &Placement)> {
        self.decisions.iter().filter_map(|decision| match decision {
            Decision::Placed { conversation, .. } => Some((
                self.before.open(*conversation),
                self.after.placement(*conversation).expect("rule 4: it is gone"),
            )),
            _ => None,
        })
    }
}

/// What must be remembered from earlier steps to judge the next.
pub struct Rules {
    settings: Settings,
    /// Since when each conversation in a seat has been there, or since the restart.
    asked_at: BTreeMap<ConversationId, i64>,
    /// Since when those waiting for a group have known that nobody is on duty.
    unstaffed_since: BTreeMap<GroupId, i64>,
}

impl Rules {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            asked_at: BTreeMap::new(),
            unstaffed_since: BTreeMap::new(),
        }
    }

    /// Everybody's patience begins anew.
    pub fn restarted(&mut self, now: i64) {
        self.asked_at.values_mut().for_each(|at| *at = now);
        self.unstaffed_since.clear();
    }

    pub fn check(&mut self, seen: &Seen<'_>) {
        agents::rule_1_no_agent_holds_more_than_their_seats(seen);
        lines::rule_2_nobody_waits_while_a_seat_is_free(seen);
        lines::rule_3_first_come_first_seated(seen);
        lines::rule_3_positions_are_told_when_they_change(seen);
        guests::rule_4_nobody_disappears(seen);
        agents::rule_5_seats_are_held_and_then_released(seen);
        self.rule_5_the_waiting_are_told_before_they_become_missed(seen);
        self.rule_6_an_unanswered_seat_bounces(seen);
        guests::rule_7_every_decision_has_its_reason(seen);
        guests::rule_8_nothing_acts_on_an_older_seating(seen);
    }
}
