//! What a store would have kept: nothing but what the decisions told it to.

use dispatch::{Decision, Dispatcher, Event, Settings};
use domain::{AgentSpec, ConversationId, ConversationState, GroupId, GroupSpec, MemberId, Placement};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Store {
    placements: BTreeMap<ConversationId, Placement>,
    agents: BTreeMap<MemberId, AgentSpec>,
    groups: BTreeMap<GroupId, GroupSpec>,
    services: Vec<(GroupId, i64)>,
}

impl Store {
    /// Rules come from people, not from dispatch.
    pub fn learn(&mut self, event: &Event) {
        if let Event::Group(spec) = event {
            self.groups.insert(spec.id, spec.clone());
        }
    }

    pub fn follow(&mut self, dispatcher: &Dispatcher, decisions: &[Decision]) {
        for decision in decisions {
            match decision {
                Decision::Placed {
                    conversation,
                    service_ms,
                    ..
                } => {
                    let placement = dispatcher.placement(*conversation).unwrap();
                    self.services.extend(service_ms.map(|ms| (placement.group, ms)));
                    self.place(placement);
                }
                Decision::Noted { conversation } => self.place(dispatcher.placement(*conversation).unwrap()),
                Decision::Agent { agent } => self.put_agent(dispatcher, *agent),
                Decision::AgentPresence { .. } | Decision::Staffing { .. } => {}
            }
        }
    }

    fn place(&mut self, placement: &Placement) {
        if placement.state() == ConversationState::Closed {
            self.placements.remove(&placement.conversation);
        } else {
            self.placements.insert(placement.conversation, placement.clone());
        }
    }

    fn put_agent(&mut self, dispatcher: &Dispatcher, id: MemberId) {
        let Some(agent) = dispatcher.agent(id) else {
            self.agents.remove(&id);
            return;
        };
        let spec = AgentSpec {
            id,
            seats: agent.seats(),
            duty: agent.duty(),
            groups: agent.groups().to_vec(),
            last_seated_at: agent.last_seated_at(),
        };
        self.agents.insert(id, spec);
    }

    /// Nobody goes missing between the dispatcher and what the store was told.
    pub fn check(&self, dispatcher: &Dispatcher) {
        assert_eq!(
            dispatcher.placements().count(),
            self.placements.len(),
            "rule 4: untold: somebody is not stored"
        );
        for placement in dispatcher.placements() {
            let stored = self.placements.get(&placement.conversation);
            assert_eq!(stored, Some(placement), "rule 4: a change was not told");
        }
        assert_eq!(
            dispatcher.agents().count(),
            self.agents.len(),
            "an agent was not told of"
        );
        for agent in dispatcher.agents() {
            let stored = self.agents.get(&agent.id()).expect("an agent was not told of");
            assert_eq!(
                (
                    stored.seats,
                    stored.duty,
                    stored.last_seated_at,
                    stored.groups.as_slice()
                ),
                (agent.seats(), agent.duty(), agent.last_seated_at(), agent.groups()),
                "a change of an agent was not told"
            );
        }
    }

    pub fn delete_agent(&mut self, agent: Option<MemberId>) {
        if let Some(agent) = agent {
            self.agents.remove(&agent);
        }
    }

    pub fn restore(&self, settings: Settings, now: i64) -> Dispatcher {
        Dispatcher::restore(
            settings,
            now,
            self.groups.values().cloned().collect(),
            self.agents.values().cloned().collect(),
            self.placements.values().cloned().collect(),
            &self.services,
        )
    }
}
