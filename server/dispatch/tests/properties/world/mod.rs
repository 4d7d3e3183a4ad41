//! A dispatcher, the model of it, and a store that knows nothing but what the decisions told.

mod agreement;
mod resolve;
mod store;

use crate::coverage::Coverage;
use crate::model::Model;
use crate::ops::{Op, Pause, Step};
use crate::rules::{Rules, Seen, View};
use dispatch::{Decision, Dispatcher, Event, Refusal, Settings};
use domain::{AgentSpec, Duty, GroupId, GroupSpec, MemberId, Timestamp};
use store::Store;

/// All different, and none a multiple of another, so that one cannot pass for the other.
const SETTINGS: Settings = Settings {
    absence_ms: 900,
    agent_grace_ms: 3_000,
    guest_grace_ms: 5_000,
    guest_gone_ms: 9_500,
    accept_ms: 4_000,
    unstaffed_ms: 2_300,
};

const HOUR_MS: i64 = 3_600_000;

pub struct World {
    dispatcher: Dispatcher,
    model: Model,
    store: Store,
    rules: Rules,
    view: View,
    clock: i64,
    /// What happened, if anybody wants to know.
    pub coverage: Option<Coverage>,
}

impl World {
    /// Three agents at work in three groups; groups 2 and 3 overflow into group 1 and into each other.
    pub fn new() -> Self {
        let mut world = Self {
            dispatcher: Dispatcher::new(SETTINGS),
            model: Model::new(SETTINGS),
            store: Store::default(),
            rules: Rules::new(SETTINGS),
            view: View::default(),
            clock: 1_800_000_000_000,
            coverage: None,
        };
        for (id, overflow) in [(1, None), (2, Some(GroupId(1))), (3, Some(GroupId(2)))] {
            let rules = GroupSpec {
                id: GroupId(id),
                last_agent_first: id == 2,
                line_max: None,
                wait_ms_max: None,
                overflow,
            };
            world.event(Event::Group(rules));
        }
        for (id, groups) in [(1, vec![1]), (2, vec![1, 2]), (3, vec![2, 3])] {
            world.event(agent_event(
                MemberId(id),
                2,
                groups.into_iter().map(GroupId).collect(),
                Duty::On,
            ));
            world.event(Event::AgentConnected { agent: MemberId(id) });
        }
        world
    }

    pub fn counting(coverage: Coverage) -> Self {
        Self {
            coverage: Some(coverage),
            ..Self::new()
        }
    }

    pub fn step(&mut self, step: &Step) {
        self.clock += match step.pause {
            Pause::None => 0,
            Pause::Ms(ms) => ms,
            Pause::UntilDue => self.until_due(),
            Pause::UntilJustBefore => (self.until_due() - 1).max(0),
            Pause::HourForward => HOUR_MS,
            Pause::HourBack => -HOUR_MS,
        };
        match step.op {
            Op::Restart { gone } => self.restart(gone),
            op => {
                if let Op::Stalled(ms) = op {
                    self.clock += ms;
                }
                let event = self.event_of(op);
                self.event(event);
            }
        }
    }

    /// Nothing if it is due already, or if the clock has been set back: then it will take too long.
    fn until_due(&self) -> i64 {
        let due = self.dispatcher.next_deadline().unwrap_or(self.clock);
        Some(due - self.clock)
            .filter(|ms| (0..HOUR_MS / 2).contains(ms))
            .unwrap_or(0)
    }

    fn event(&mut self, event: Event) {
        let before = self.model.clone();
        let mut decisions = vec![];
        let expected = self.model.handle(self.clock, &event);
        let result = self.dispatcher.handle(self.clock, event.clone(), &mut decisions);
        assert_eq!(result, expected, "the model answers differently to {event:?}");
        self.store.learn(&event);
        self.check(&before, &event, result, &decisions);
    }

    /// What the dispatcher was is gone; what the store learned is all there is. The first call after it brings out what
    /// the restart itself has changed.
    fn restart(&mut self, gone: Option<MemberId>) {
        let mut before = self.model.clone();
        before.forget_closing();
        self.store.delete_agent(gone);
        self.dispatcher = self.store.restore(SETTINGS, self.clock);
        self.model.restart(self.clock, gone);
        before.forget_presence(&self.model);
        self.rules.restarted(self.clock, &self.view);
        self.view.restarted(&self.dispatcher);

        let mut decisions = vec![];
        let expected = self.model.handle(self.clock, &Event::Tick);
        let result = self.dispatcher.handle(self.clock, Event::Tick, &mut decisions);
        assert_eq!(result, expected, "the model answers differently after a restart");
        self.check(&before, &Event::Tick, result, &decisions);
    }

    fn check(&mut self, before: &Model, event: &Event, result: Result<(), Refusal>, decisions: &[Decision]) {
        self.dispatcher.check_invariants();
        agreement::check_decisions(before, &self.model, decisions);
        agreement::check_state(&self.dispatcher, &self.model);

        let after = View::of(&mut self.dispatcher, decisions);
        let seen = Seen {
            before: &self.view,
            after: &after,
            event,
            result,
            decisions,
            now: self.model.now,
        };
        self.rules.check(&seen);
        if let Some(coverage) = &mut self.coverage {
            coverage.count(&seen);
        }
        self.view = after;

        self.store.follow(&self.dispatcher, decisions);
        self.store.check(&self.dispatcher);
    }
}

fn agent_event(id: MemberId, seats: u32, groups: Vec<GroupId>, duty: Duty) -> Event {
    Event::Agent(AgentSpec {
        id,
        seats,
        duty,
        groups,
        last_seated_at: Timestamp(0),
    })
}
