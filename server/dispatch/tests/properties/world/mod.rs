//! A dispatcher, the model of it, and a store that knows nothing but what the decisions told.

mod agreement;
mod store;

use crate::model::Model;
use crate::ops::{By, Op, Pause, Step, Which, every_group};
use crate::rules::{Rules, Seen, View};
use dispatch::{Decision, Dispatcher, Event, Refusal, Settings};
use domain::{AgentSpec, ConversationId, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId, Timestamp};
use store::Store;

/// All different, and none a multiple of another, so that one cannot pass for the other.
const SETTINGS: Settings = Settings {
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
        self.rules.restarted(self.clock);
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
        self.view = after;

        self.store.follow(&self.dispatcher, decisions);
        self.store.check(&self.dispatcher);
    }

    /// The event that an op stands for as things are now.
    fn event_of(&self, op: Op) -> Event {
        match op {
            Op::Group {
                group,
                last_agent_first,
                line_max,
                wait_ms_max,
                overflow,
            } => {
                let overflow = every_group().find(|group| group.0 == overflow);
                Event::Group(GroupSpec {
                    id: group,
                    last_agent_first,
                    line_max,
                    wait_ms_max,
                    overflow,
                })
            }
            Op::Agent {
                agent,
                seats,
                groups,
                duty,
            } => {
                let groups = every_group().filter(|group| groups.0 & (1 << (group.0 - 1)) != 0);
                agent_event(agent, seats, groups.collect(), duty)
            }
            Op::AgentRemoved(agent) => Event::AgentRemoved { agent },
            Op::AgentConnected(agent) => Event::AgentConnected { agent },
            Op::AgentDisconnected(agent) => Event::AgentDisconnected { agent },
            Op::Duty(agent, duty) => Event::Duty { agent, duty },
            Op::AgentActive(agent) => Event::AgentActive { agent },
            Op::Arrive {
                conversation,
                group,
                priority,
                last_agent,
            } => Event::Arrive {
                conversation,
                guest: GuestId(conversation.0),
                group,
                priority,
                last_agent,
            },
            Op::Rejoin(conversation) => Event::Rejoin { conversation },
            Op::GuestConnected(conversation) => Event::GuestConnected { conversation },
            Op::GuestDisconnected(conversation) => Event::GuestDisconnected { conversation },
            Op::GuestSaid(conversation) => Event::GuestSaid { conversation },
            Op::Leave(conversation) => Event::Leave { conversation },
            Op::Accept(conversation, by, which) => {
                let (agent, epoch) = self.named(conversation, by, which);
                Event::Accept {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::AgentSaid(conversation, by, which) => {
                let (agent, epoch) = self.named(conversation, by, which);
                Event::AgentSaid {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::Close(conversation, by, which) => {
                let (agent, epoch) = self.named(conversation, by, which);
                Event::Close {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::Claim(conversation, agent) => Event::Claim { conversation, agent },
            Op::Transfer {
                conversation,
                which,
                to,
                by,
            } => {
                let (_, epoch) = self.named(conversation, By::Holder, which);
                Event::Transfer {
                    conversation,
                    epoch,
                    to,
                    by,
                }
            }
            Op::Tick | Op::Restart { .. } => Event::Tick,
        }
    }

    fn named(&self, conversation: ConversationId, by: By, which: Which) -> (MemberId, Epoch) {
        let placement = self.dispatcher.placement(conversation);
        let epoch = placement.map_or(0, |placement| placement.epoch.0);
        let agent = match by {
            By::Holder => placement.and_then(|placement| placement.agent).unwrap_or(MemberId(1)),
            By::Agent(agent) => agent,
        };
        match which {
            Which::Current => (agent, Epoch(epoch)),
            Which::Off(by) => (agent, Epoch(epoch + by)),
        }
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
