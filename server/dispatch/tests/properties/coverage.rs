//! Do the sequences get everywhere? A rule that is never put to the test holds always.

use crate::ops::{self, Flavour};
use crate::rules::{AgentSeen, Seen};
use crate::world::World;
use dispatch::{Decision, Event};
use domain::{Placement, SeatHow, SeatReason};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeMap;

/// Each of these has to happen a few times in six hundred sequences.
const EVERYTHING: &[&str] = &[
    "arrived: Seated",
    "arrived: Waiting",
    "arrived: Missed",
    "Seated to Seated",
    "Seated to Waiting",
    "Seated to Missed",
    "Seated to Closed",
    "Waiting to Seated",
    "Waiting to Missed",
    "Waiting to Closed",
    "Missed to Seated",
    "Missed to Waiting",
    "Missed to Missed",
    "waits: Arrived",
    "waits: AgentLost",
    "waits: AgentLeft",
    "waits: Bounced",
    "waits: GuestAway",
    "missed: NobodyOnDuty",
    "missed: EveryoneLeft",
    "missed: LineFull",
    "missed: WaitedTooLong",
    "missed: GuestLeft",
    "missed: NotConnected",
    "closed: Agent",
    "closed: Guest",
    "closed: GuestLeft",
    "closed: NothingSaid",
    "seated: LeastBusy",
    "seated: LastAgent",
    "seated: Claimed",
    "seated: Transferred",
    "seated by overflow",
    "seated over the limit",
    "seated after AgentLost",
    "seated after AgentLeft",
    "seated after Bounced",
    "seated after GuestAway",
    "refused: NoConversation",
    "refused: Closed",
    "refused: StaleEpoch",
    "refused: Taken",
    "refused: NoFreeSeat",
    "refused: NotOnDuty",
    "refused: NoAgent",
    "refused: NoGroup",
    "told: staffed",
    "told: unstaffed",
    "told: noted",
    "told: an agent lost",
    "a long line",
    "passed over while another waits",
    "passed over while a seat is free",
    "back from being passed over",
    "stood still",
    "an agent away, the only one on duty, while somebody waits",
    "a line with an estimate",
    "more guests than seats",
];

/// How often each kind of thing happened.
#[derive(Default)]
pub struct Coverage(BTreeMap<String, u32>);

impl Coverage {
    pub fn count(&mut self, seen: &Seen<'_>) {
        if let Err(refusal) = seen.result {
            self.saw(format!("refused: {refusal:?}"));
        }
        for (before, after) in seen.placed() {
            self.count_placed(before, after);
        }
        for decision in seen.decisions {
            match decision {
                Decision::Staffing { staffed: true, .. } => self.saw("told: staffed"),
                Decision::Staffing { staffed: false, .. } => self.saw("told: unstaffed"),
                Decision::AgentPresence { here: false, .. } => self.saw("told: an agent lost"),
                Decision::Noted { .. } => self.saw("told: noted"),
                _ => {}
            }
        }
        if matches!(seen.event, Event::Stalled { .. }) {
            self.saw("stood still");
        }
        self.count_absent(seen);
        for line in seen.after.lines.iter().filter(|line| !line.line.is_empty()) {
            if line.staffed && !line.agents_here && seen.after.agents.iter().any(|agent| agent.away && agent.connected)
            {
                self.saw("an agent away, the only one on duty, while somebody waits");
            }
            if line.line.len() > 5 {
                self.saw("a long line");
            }
            if line.estimate_s.is_some() {
                self.saw("a line with an estimate");
            }
        }
        if seen
            .after
            .agents
            .iter()
            .any(|agent| agent.conversations.len() > agent.seats as usize)
        {
            self.saw("more guests than seats");
        }
    }

    fn count_absent(&mut self, seen: &Seen<'_>) {
        for line in seen.after.lines.iter().filter(|line| !line.passed_over.is_empty()) {
            if !line.line.is_empty() {
                self.saw("passed over while another waits");
            }
            let serves = |agent: &&AgentSeen| agent.has_free_seat() && agent.groups.contains(&line.group);
            if seen.after.agents.iter().any(|agent| serves(&agent)) {
                self.saw("passed over while a seat is free");
            }
        }
        if let Event::GuestConnected { conversation } = seen.event
            && seen.before.is_passed_over(*conversation)
        {
            self.saw("back from being passed over");
        }
    }

    fn count_placed(&mut self, before: Option<&Placement>, after: &Placement) {
        match before {
            Some(before) => self.saw(format!("{:?} to {:?}", before.state(), after.state())),
            None => self.saw(format!("arrived: {:?}", after.state())),
        }
        if let Some(SeatReason {
            how, overflow, after, ..
        }) = after.seat_reason()
        {
            match how {
                SeatHow::Transferred { .. } => self.saw("seated: Transferred"),
                how => self.saw(format!("seated: {how:?}")),
            }
            if matches!(how, SeatHow::Transferred { over_limit: true, .. }) {
                self.saw("seated over the limit");
            }
            if overflow {
                self.saw("seated by overflow");
            }
            if let Some(reason) = after {
                self.saw(format!("seated after {reason:?}"));
            }
        }
        after
            .wait_reason()
            .iter()
            .for_each(|reason| self.saw(format!("waits: {reason:?}")));
        after
            .missed_reason()
            .iter()
            .for_each(|reason| self.saw(format!("missed: {reason:?}")));
        after
            .closed_by()
            .iter()
            .for_each(|by| self.saw(format!("closed: {by:?}")));
    }

    fn saw(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }
}

#[test]
fn the_sequences_get_everywhere() {
    let mut coverage = Coverage::default();
    for flavour in [Flavour::Ordinary, Flavour::Rush, Flavour::Storm, Flavour::Upheaval] {
        let mut runner = TestRunner::new(Config {
            rng_seed: RngSeed::Fixed(1),
            ..Config::default()
        });
        for _ in 0..150 {
            let mut world = World::counting(coverage);
            for step in &ops::sequence(flavour).new_tree(&mut runner).unwrap().current() {
                world.step(step);
            }
            coverage = world.coverage.unwrap();
        }
    }
    for what in EVERYTHING {
        let times = coverage.0.get(*what).copied().unwrap_or_default();
        assert!(times >= 5, "in six hundred sequences, only {times} times: {what}");
    }
}
