//! From what was drawn to the event that it stands for as things are now.

use super::{World, agent_event};
use crate::ops::{By, CONVERSATIONS, GuestOp, Op, Pick, Which, conversation_id, every_group};
use dispatch::Event;
use domain::{ConversationId, Epoch, GroupSpec, GuestId, MemberId, Placement};

impl World {
    pub(super) fn event_of(&self, op: Op) -> Event {
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
            Op::Accept(pick, by, which) => {
                let (conversation, agent, epoch) = self.named(pick, by, which);
                Event::Accept {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::AgentSaid(pick, by, which) => {
                let (conversation, agent, epoch) = self.named(pick, by, which);
                Event::AgentSaid {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::Close(pick, by, which) => {
                let (conversation, agent, epoch) = self.named(pick, by, which);
                Event::Close {
                    conversation,
                    agent,
                    epoch,
                }
            }
            Op::Claim(pick, agent) => Event::Claim {
                conversation: self.pick(pick),
                agent,
            },
            Op::Transfer {
                conversation,
                which,
                to,
                by,
            } => {
                let (conversation, _, epoch) = self.named(conversation, By::Holder, which);
                Event::Transfer {
                    conversation,
                    epoch,
                    to,
                    by,
                }
            }
            Op::Guest(op) => self.guest_event_of(op),
            Op::Stalled(ms) => Event::Stalled { ms },
            Op::Tick | Op::Restart { .. } => Event::Tick,
        }
    }

    fn guest_event_of(&self, op: GuestOp) -> Event {
        match op {
            GuestOp::Arrive {
                conversation,
                group,
                priority,
                last_agent,
            } => {
                let conversation = self.pick(conversation);
                Event::Arrive {
                    conversation,
                    guest: GuestId(conversation.0),
                    group,
                    priority,
                    last_agent,
                }
            }
            GuestOp::ByForm {
                conversation,
                group,
                last_agent,
            } => {
                let conversation = self.pick(conversation);
                Event::ByForm {
                    conversation,
                    guest: GuestId(conversation.0),
                    group,
                    last_agent,
                }
            }
            GuestOp::Rejoin(pick) => Event::Rejoin {
                conversation: self.pick(pick),
            },
            GuestOp::Connected(pick) => Event::GuestConnected {
                conversation: self.pick(pick),
            },
            GuestOp::Disconnected(pick) => Event::GuestDisconnected {
                conversation: self.pick(pick),
            },
            GuestOp::Said(pick) => Event::GuestSaid {
                conversation: self.pick(pick),
            },
            GuestOp::Leave(pick) => Event::Leave {
                conversation: self.pick(pick),
            },
            GuestOp::Dismissed(pick) => Event::Dismiss {
                conversation: self.pick(pick),
            },
        }
    }

    fn pick(&self, pick: Pick) -> ConversationId {
        let mut ids = (0..CONVERSATIONS).map(conversation_id);
        match pick {
            Pick::Any(id) => id,
            Pick::New => ids
                .find(|id| self.view.open(*id).is_none())
                .unwrap_or(conversation_id(0)),
            Pick::Nth(state, nth) => {
                let in_state = |id: &ConversationId| self.view.open(*id).is_some_and(|found| found.state() == state);
                let found: Vec<_> = ids.filter(in_state).collect();
                if found.is_empty() {
                    conversation_id(nth)
                } else {
                    found[nth % found.len()]
                }
            }
        }
    }

    fn named(&self, pick: Pick, by: By, which: Which) -> (ConversationId, MemberId, Epoch) {
        let conversation = self.pick(pick);
        let placement = self.view.open(conversation);
        let epoch = placement.map_or(0, |placement| placement.epoch.0);
        let agent = match by {
            By::Holder => placement.and_then(Placement::agent).unwrap_or(MemberId(1)),
            By::Agent(agent) => agent,
        };
        let epoch = match which {
            Which::Current => epoch,
            Which::Off(by) => epoch + by,
        };
        (conversation, agent, Epoch(epoch))
    }
}
