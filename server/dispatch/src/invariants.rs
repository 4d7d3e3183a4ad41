//! What must hold between any two events, checked by scanning everything. For tests and simulators; slow.
//!
//! The numbers are those of the rules in the crate's documentation. `tests/properties/rules` also checks what cannot be seen
//! in one state alone: that no change goes untold, and that each is one that the rules allow.

use crate::Dispatcher;
use crate::agent::Agent;
use crate::conversation::Conversation;
use crate::group::{Group, Pool};
use crate::timer::{NEVER, Timer};
use domain::{ConversationState, Duty, Placement};
use std::collections::BTreeSet;

impl Dispatcher {
    /// Checks what must hold after every call of [`Dispatcher::handle`].
    ///
    /// # Panics
    ///
    /// If something does not, saying which rule and who.
    pub fn check_invariants(&self) {
        self.conversations
            .iter()
            .for_each(|conversation| self.check_conversation(conversation));
        self.roster.agents.values().for_each(|agent| self.check_agent(agent));
        self.roster.groups.values().for_each(|group| self.check_group(group));
        self.check_timers();
        let mut tickets = BTreeSet::new();
        let twice = self
            .conversations
            .iter()
            .find(|one| !tickets.insert(one.placement.ticket));
        assert!(twice.is_none(), "rule 3: a ticket was handed out twice: {twice:?}");
        assert!(
            self.roster.attention.unsettled.is_empty(),
            "rule 2: groups were left unsettled"
        );
        assert!(
            self.roster.attention.agents.is_empty(),
            "rule 4: a change of an agent was left untold"
        );
        let untold = self
            .conversations
            .iter()
            .find(|conversation| conversation.change.is_some());
        assert!(untold.is_none(), "rule 4: a change was left untold: {untold:?}");
    }

    fn check_conversation(&self, conversation: &Conversation) {
        let placement = &conversation.placement;
        let state = placement.state();
        assert!(
            state != ConversationState::Seated || placement.epoch.0 > 0,
            "rule 8: a seating without an epoch: {placement:?}"
        );
        assert!(
            placement.ticket < self.next_ticket,
            "rule 3: a ticket that was not handed out: {placement:?}"
        );
        assert!(
            self.roster.groups.contains_key(&placement.group),
            "rule 4: in a group that is not there: {placement:?}"
        );
        let forgotten_next = self.closed.contains(&placement.conversation);
        assert_eq!(
            state == ConversationState::Closed,
            forgotten_next,
            "rule 4: closed, not forgotten: {placement:?}"
        );
        if let Some(agent) = placement.agent() {
            let holder = self.roster.agents.get(&agent);
            assert!(
                holder.is_some_and(|agent| agent.conversations.contains(&placement.conversation)),
                "rule 1: sits with an agent who does not know: {placement:?}"
            );
        }
        assert!(
            !(conversation.is_offered() && conversation.guest_is_away()),
            "rule 9: a seat is offered for a guest who is away: {placement:?}"
        );
        let group = self.roster.groups.get(&placement.group);
        let expected = conversation.deadlines(&self.settings, group.and_then(|group| group.spec.wait_ms_max));
        assert_eq!(
            conversation.deadlines, expected,
            "rules 5 and 6: deadlines of {placement:?}"
        );
    }

    fn check_agent(&self, agent: &Agent) {
        for id in &agent.conversations {
            let holder = self.placement(*id).and_then(Placement::agent);
            assert_eq!(
                holder,
                Some(agent.id),
                "rule 1: {id} is in a seat of {agent:?}, but sits elsewhere"
            );
        }
        assert!(
            !(agent.connected && agent.grace_until.is_some()),
            "rule 5: here and expected back: {agent:?}"
        );
        if !agent.conversations.is_empty() {
            assert!(
                agent.present(),
                "rule 5: seats are held for an agent who is gone: {agent:?}"
            );
            // A restart may find them, if the process was killed between two batches of writes.
            assert!(
                agent.duty != Duty::Off || !agent.connected,
                "rule 5: off duty with guests: {agent:?}"
            );
        }
    }

    fn check_group(&self, group: &Group) {
        let id = group.spec.id;
        let of = |other: Option<domain::GroupId>| {
            self.roster
                .agents
                .values()
                .filter(move |agent| other.is_some_and(|group| agent.serves(group)))
        };
        let mut pool = Pool::default();
        for agent in of(Some(id)) {
            pool.add(
                agent.standing(),
                group.overflow().is_some_and(|overflow| agent.serves(overflow)),
            );
        }
        assert_eq!(group.pool, pool, "rule 2: who could serve group {id} is out of date");

        let overflow = group
            .overflow()
            .filter(|overflow| self.roster.groups.contains_key(overflow));
        let free = of(Some(id)).chain(of(overflow)).find(|agent| agent.has_free_seat());
        let first = group.line.first();
        assert!(
            first.is_none() || free.is_none(),
            "rule 2: {first:?} waits while a seat is free at {free:?}"
        );

        self.check_line(group);

        let staffed = of(Some(id)).chain(of(overflow)).any(Agent::staffs);
        assert_eq!(
            group.closing_at.is_some(),
            !staffed && !group.line.is_empty(),
            "rule 5: the line of group {id} is to become missed if and only if nobody is on duty"
        );
    }

    fn check_line(&self, group: &Group) {
        let id = group.spec.id;
        let mut waiting: Vec<_> = self
            .conversations
            .iter()
            .filter(|one| one.placement.group == id && one.placement.state() == ConversationState::Waiting)
            .collect();
        waiting.sort_by_key(|one| {
            let placement = &one.placement;
            (!placement.returned(), -i64::from(placement.priority), placement.ticket)
        });
        let expected = |away: bool| -> Vec<_> {
            let of_them = waiting.iter().filter(|one| one.guest_is_away() == away);
            of_them.map(|one| one.placement.conversation).collect()
        };
        let line: Vec<_> = self.line(id).collect();
        assert_eq!(line, expected(false), "rule 3: the line of group {id}");
        let away: Vec<_> = self.passed_over(id).collect();
        assert_eq!(
            away,
            expected(true),
            "rule 9: who is passed over in the line of group {id}"
        );
        for (ahead, conversation) in (0_u32..).zip(line) {
            assert_eq!(
                self.position(conversation),
                Some(ahead),
                "rule 3: people ahead of {conversation}"
            );
        }
    }

    fn check_timers(&self) {
        let conversations = self.conversations.iter().flat_map(|conversation| {
            let (id, deadlines) = (conversation.placement.conversation, conversation.deadlines);
            [
                (deadlines.absence, Timer::Absence(id)),
                (deadlines.away, Timer::Away(id)),
                (deadlines.accept, Timer::Accept(id)),
                (deadlines.wait_max, Timer::WaitMax(id)),
            ]
        });
        let conversations = conversations.filter(|(at, _)| *at != NEVER);
        let agents = self.roster.agents.values();
        let agents = agents.map(|agent| agent.grace_until.map(|at| (at, Timer::AgentGrace(agent.id))));
        let groups = self.roster.groups.values();
        let groups = groups.map(|group| group.closing_at.map(|at| (at, Timer::Unstaffed(group.spec.id))));
        let expected: BTreeSet<_> = conversations.chain(agents.chain(groups).flatten()).collect();
        let timers: BTreeSet<_> = self.timers.iter().copied().collect();
        assert_eq!(
            timers, expected,
            "rules 5 and 6: timers that nobody remembers, or deadlines without one"
        );
    }
}
