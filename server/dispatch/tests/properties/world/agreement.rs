//! Does the dispatcher agree with the model?

use crate::model::{Agent, Model, Talk};
use crate::ops::every_group;
use dispatch::{Decision, Dispatcher};
use domain::{ConversationState, MemberId};

pub fn check_state(dispatcher: &Dispatcher, model: &Model) {
    let mut open = 0;
    for talk in &model.talks {
        let id = talk.placement.conversation;
        assert_eq!(
            dispatcher.placement(id),
            Some(&talk.placement),
            "the model has it elsewhere"
        );
        open += usize::from(talk.placement.state() != ConversationState::Closed);
        if talk.placement.state() != ConversationState::Waiting {
            assert_eq!(
                dispatcher.position(id),
                None,
                "has a position but does not wait: {:?}",
                talk.placement
            );
        }
    }
    assert_eq!(
        dispatcher.placements().count(),
        open,
        "the model knows other conversations"
    );
    for group in every_group() {
        let line = model.line(group);
        assert!(
            dispatcher.line(group).eq(line.iter().copied()),
            "the model has another line for group {group}"
        );
        let passed_over = model.passed_over(group);
        assert!(
            dispatcher.passed_over(group).eq(passed_over.iter().copied()),
            "the model passes over others in the line of group {group}"
        );
        for id in passed_over {
            assert_eq!(dispatcher.position(id), None, "has a position and is passed over: {id}");
        }
        for (ahead, id) in (0..).zip(line) {
            assert_eq!(
                dispatcher.position(id),
                Some(ahead),
                "the model counts other people ahead of {id}"
            );
        }
        assert_eq!(
            dispatcher.staffed(group),
            model.staffed(group),
            "the model's staffing of group {group} differs"
        );
        assert_eq!(
            dispatcher.agents_here(group),
            model.agents_here(group),
            "by the model somebody else is there for group {group}"
        );
        for ahead in [0, 3] {
            let estimate = dispatcher.estimate_s(group, u32::try_from(ahead).unwrap());
            assert_eq!(
                estimate,
                model.estimate_s(group, ahead),
                "the model's estimate for group {group} differs"
            );
        }
    }
    assert_eq!(
        dispatcher.agents().count(),
        model.agents.len(),
        "the model knows other agents"
    );
    for agent in &model.agents {
        check_agent(dispatcher, model, agent);
    }
    assert_eq!(
        dispatcher.next_deadline(),
        model.next_deadline(),
        "the model expects something at another time"
    );
}

fn check_agent(dispatcher: &Dispatcher, model: &Model, agent: &Agent) {
    let view = dispatcher.agent(agent.spec.id).expect("the model knows an agent more");
    assert_eq!(
        (view.seats(), view.duty(), view.groups(), view.last_seated_at()),
        (
            agent.spec.seats,
            agent.spec.duty,
            agent.spec.groups.as_slice(),
            agent.spec.last_seated_at
        ),
        "the model's {view:?} differs"
    );
    assert_eq!(
        (view.connected(), view.held(), view.away(), view.used()),
        (
            agent.connected,
            agent.grace_until.is_some(),
            agent.away,
            model.held(agent.spec.id)
        ),
        "the model's {view:?} differs"
    );
    let seated = |talk: &&Talk| talk.placement.agent() == Some(agent.spec.id);
    let mut conversations: Vec<_> = model
        .talks
        .iter()
        .filter(seated)
        .map(|talk| talk.placement.conversation)
        .collect();
    conversations.sort();
    assert!(
        view.conversations().eq(conversations),
        "the model's {view:?} holds other conversations"
    );
}

/// The decisions must be the difference between the model before and after: nothing more, nothing less, nothing twice.
pub fn check_decisions(before: &Model, after: &Model, decisions: &[Decision]) {
    let mut expected = vec![];
    for talk in &after.talks {
        let old = before
            .talk(talk.placement.conversation)
            .map(|index| &before.talks[index]);
        // A closed one that arrives again under its old id is somebody new.
        let old = old.filter(|old| old.placement.state() != ConversationState::Closed);
        expected.extend(change(old, talk, after.service_ms(talk.placement.conversation)));
    }
    for agent in &after.agents {
        let old = before.agent(agent.spec.id).map(|index| &before.agents[index]);
        if let Some(here) = presence(old, agent) {
            expected.push(Decision::AgentPresence {
                agent: agent.spec.id,
                here,
            });
        }
    }
    let ids = before.agents.iter().chain(&after.agents).map(|agent| agent.spec.id);
    let mut changed: Vec<_> = ids.filter(|id| describe(before, *id) != describe(after, *id)).collect();
    changed.sort();
    changed.dedup();
    expected.extend(changed.into_iter().map(|agent| Decision::Agent { agent }));
    for group in &after.groups {
        let id = group.spec.id;
        let old = before.groups.iter().find(|old| old.spec.id == id);
        let closing = |group: Option<&crate::model::Group>| group.is_some_and(|group| group.unstaffed_until.is_some());
        match (closing(old), closing(Some(group))) {
            (false, true) => expected.push(Decision::Staffing {
                group: id,
                staffed: false,
            }),
            (true, false) if after.staffed(id) => expected.push(Decision::Staffing {
                group: id,
                staffed: true,
            }),
            _ => {}
        }
    }
    let missing: Vec<_> = expected
        .iter()
        .filter(|decision| !decisions.contains(decision))
        .collect();
    let surplus: Vec<_> = decisions
        .iter()
        .filter(|decision| !expected.contains(decision))
        .collect();
    assert!(
        missing.is_empty() && surplus.is_empty() && expected.len() == decisions.len(),
        "the model expects {missing:?} and not {surplus:?} in {decisions:?}"
    );
}

fn change(old: Option<&Talk>, new: &Talk, service_ms: Option<i64>) -> Option<Decision> {
    let conversation = new.placement.conversation;
    let Some(old) = old else {
        return Some(Decision::Placed {
            conversation,
            from: None,
            was: None,
            service_ms: None,
        });
    };
    let (old, new) = (&old.placement, &new.placement);
    if (old.state(), old.since, old.epoch, old.ticket) != (new.state(), new.since, new.epoch, new.ticket) {
        let from = old.agent().filter(|agent| new.agent() != Some(*agent));
        return Some(Decision::Placed {
            conversation,
            from,
            was: Some(old.state()),
            service_ms,
        });
    }
    let noted =
        (old.answered(), old.owed_since, old.guest_seen()) != (new.answered(), new.owed_since, new.guest_seen());
    noted.then_some(Decision::Noted { conversation })
}

fn presence(old: Option<&Agent>, new: &Agent) -> Option<bool> {
    (old.is_some_and(|old| old.connected) != new.connected).then_some(new.connected)
}

/// All that there is to tell of an agent.
fn describe(model: &Model, id: MemberId) -> Option<impl PartialEq + use<>> {
    let agent = model.agents[model.agent(id)?].clone();
    let held: Vec<_> = model
        .talks
        .iter()
        .filter(|talk| talk.placement.agent() == Some(id))
        .map(|talk| (talk.placement.conversation, talk.placement.epoch))
        .collect();
    Some((
        agent.spec,
        agent.connected,
        agent.grace_until.is_some(),
        agent.away,
        held,
    ))
}
