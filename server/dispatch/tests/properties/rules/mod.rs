//! The rules of dispatch, each as a check of what can be seen from outside: what was, what is, and what was told.
//! They are listed, with these numbers, in the documentation of the crate.

mod absence;
mod agents;
mod guests;
mod lines;
mod view;

use dispatch::{Decision, Event, Refusal, Settings};
use domain::{ConversationId, GroupId, Placement};
use std::collections::BTreeMap;
pub use view::{AgentSeen, View};

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
    /// What is due happens before what the step is about, so that a conversation may have been in a third place between
    /// where it was and where it is.
    pub fn something_was_due(&self) -> bool {
        self.before.next_deadline.is_some_and(|at| at <= self.now)
    }

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
    /// Since when each guest who is not there has been gone.
    gone_since: BTreeMap<ConversationId, i64>,
    /// Since when those waiting for a group have known that nobody is on duty.
    unstaffed_since: BTreeMap<GroupId, i64>,
}

impl Rules {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            asked_at: BTreeMap::new(),
            gone_since: BTreeMap::new(),
            unstaffed_since: BTreeMap::new(),
        }
    }

    /// Everybody's patience begins anew, and nobody is connected.
    pub fn restarted(&mut self, now: i64, view: &View) {
        self.asked_at.values_mut().for_each(|at| *at = now);
        let open = view.placements.iter().map(|placement| (placement.conversation, now));
        self.gone_since = open.collect();
        self.unstaffed_since.clear();
    }

    /// Everybody's patience begins anew.
    fn stood_still(&mut self, now: i64) {
        for at in self.asked_at.values_mut().chain(self.gone_since.values_mut()) {
            *at = now;
        }
        self.unstaffed_since.values_mut().for_each(|at| *at = now);
    }

    pub fn check(&mut self, seen: &Seen<'_>) {
        if matches!(seen.event, Event::Stalled { .. }) {
            self.stood_still(seen.now);
        }
        agents::rule_1_no_agent_holds_more_than_their_seats(seen);
        lines::rule_2_nobody_waits_while_a_seat_is_free(seen);
        lines::rule_3_first_come_first_seated(seen);
        lines::rule_3_positions_are_told_when_they_change(seen);
        guests::rule_4_nobody_disappears(seen);
        agents::rule_5_seats_are_held_and_then_released(seen);
        self.rule_5_the_waiting_are_told_before_they_become_missed(seen);
        self.rule_6_an_unanswered_seat_bounces(seen);
        guests::rule_7_reasons_are_true(seen);
        guests::rule_8_nothing_acts_on_an_older_seating(seen);
        self.rule_9_who_is_not_there_takes_no_seat(seen);
        absence::rule_10_only_what_nobody_can_act_on_is_dismissed(seen);
        absence::rule_11_nothing_is_overdue_after_a_stall(seen);
    }
}
