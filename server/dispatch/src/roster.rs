//! Agents and member groups, and what is derived from them: who has a free seat, who is on duty, which lines want looking
//! at. Knows conversations by id only.

use crate::agent::{Agent, Standing, sorted};
use crate::group::Group;
use crate::line::LinePlace;
use domain::{AgentSpec, ConversationId, GroupId, GroupSpec, MemberId, Placement, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) agents: BTreeMap<MemberId, Agent>,
    pub(crate) groups: BTreeMap<GroupId, Group>,
    pub(crate) attention: Attention,
}

/// Who and what has changed and is still to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// Groups whose line or seats changed since the last settling.
    pub(crate) unsettled: BTreeSet<GroupId>,
    /// Groups whose line, staffing or estimate changed since the owner last asked.
    pub(crate) lines: BTreeSet<GroupId>,
    /// Agents who changed in this call; with repeats.
    pub(crate) agents: Vec<MemberId>,
}

impl Roster {
    pub(crate) fn overflow_of(&self, group: &Group) -> Option<&Group> {
        self.groups.get(&group.overflow()?)
    }

    /// Somebody of the group, or of the group it overflows to, is on duty.
    pub(crate) fn staffed(&self, group: &Group) -> bool {
        group.pool.staff > 0 || self.overflow_of(group).is_some_and(|overflow| overflow.pool.staff > 0)
    }

    /// Somebody of them takes guests: is connected, and not away.
    pub(crate) fn agents_here(&self, group: &Group) -> bool {
        group.pool.here > 0 || self.overflow_of(group).is_some_and(|overflow| overflow.pool.here > 0)
    }

    /// How many agents are on duty for the group, with those of its overflow group if `overflow`; each counted once.
    pub(crate) fn on_duty(&self, group: &Group, overflow: bool) -> u32 {
        let others = self
            .overflow_of(group)
            .filter(|_| overflow)
            .map_or(0, |others| others.pool.staff);
        match others {
            0 => group.pool.staff,
            others => group.pool.staff + others - group.pool.staff_shared,
        }
    }

    /// Changes an agent, and everything that is derived from them. Their groups are left as they are.
    pub(crate) fn change<R>(&mut self, id: MemberId, change: impl FnOnce(&mut Agent) -> R) -> Option<R> {
        let agent = self.agents.get_mut(&id)?;
        let before = agent.standing();
        let result = change(agent);
        let after = agent.standing();
        self.attention.agents.push(id);
        if before != after {
            restand(&mut self.groups, &mut self.attention, &agent.groups, before, after);
        }
        Some(result)
    }

    /// A new agent, or a known one with other seats or groups.
    pub(crate) fn set_agent(&mut self, spec: AgentSpec) {
        let id = spec.id;
        let known = self.agents.contains_key(&id);
        let agent = self.agents.entry(id).or_insert_with(|| Agent::new(spec.clone()));
        let groups = sorted(spec.groups);
        if known && agent.seats == spec.seats && agent.groups == groups {
            return;
        }
        if known {
            restand(
                &mut self.groups,
                &mut self.attention,
                &agent.groups,
                agent.standing(),
                Standing::default(),
            );
        }
        agent.seats = spec.seats;
        agent.groups = groups;
        restand(
            &mut self.groups,
            &mut self.attention,
            &agent.groups,
            Standing::default(),
            agent.standing(),
        );
        self.attention.agents.push(id);
    }

    pub(crate) fn remove_agent(&mut self, id: MemberId) {
        if let Some(agent) = self.agents.remove(&id) {
            restand(
                &mut self.groups,
                &mut self.attention,
                &agent.groups,
                agent.standing(),
                Standing::default(),
            );
            self.attention.agents.push(id);
        }
    }

    /// A new group, or a known one with other rules. Rules change rarely, and every index may hang on them: all of them
    /// are built again.
    pub(crate) fn set_group(&mut self, spec: GroupSpec) {
        match self.groups.get_mut(&spec.id) {
            Some(group) => group.spec = spec,
            None => drop(self.groups.insert(spec.id, Group::new(spec))),
        }
        self.rebuild();
    }

    pub(crate) fn rebuild(&mut self) {
        for group in self.groups.values_mut() {
            group.pool = crate::group::Pool::default();
            group.feeders.clear();
        }
        let edges: Vec<_> = self
            .groups
            .values()
            .filter_map(|group| Some((group.spec.id, group.overflow()?)))
            .collect();
        for (feeder, overflow) in edges {
            if let Some(group) = self.groups.get_mut(&overflow) {
                group.feeders.push(feeder);
            }
        }
        for agent in self.agents.values() {
            restand(
                &mut self.groups,
                &mut self.attention,
                &agent.groups,
                Standing::default(),
                agent.standing(),
            );
        }
        self.attention.unsettled.extend(self.groups.keys());
        self.attention.lines.extend(self.groups.keys());
    }

    /// `away`: those whose guest is not there are passed over.
    pub(crate) fn join_line(&mut self, placement: &Placement, away: bool) {
        self.change_line(placement.group, |group| group.line.join(LinePlace::of(placement), away));
    }

    /// `away` as it joined.
    pub(crate) fn leave_line(&mut self, placement: &Placement, away: bool) {
        self.change_line(placement.group, |group| {
            group.line.leave(&LinePlace::of(placement), away);
        });
    }

    fn change_line(&mut self, id: GroupId, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.get_mut(&id) {
            change(group);
            self.attention.unsettled.insert(id);
            self.attention.lines.insert(id);
        }
    }

    pub(crate) fn take_seat(&mut self, agent: MemberId, conversation: ConversationId, now: i64) {
        self.change(agent, |agent| {
            agent.conversations.insert(conversation);
            agent.last_seated_at = Timestamp(now);
        });
    }

    pub(crate) fn leave_seat(&mut self, agent: MemberId, conversation: ConversationId) {
        self.change(agent, |agent| agent.conversations.remove(&conversation));
    }

    /// The agent did something of their own accord.
    pub(crate) fn wake(&mut self, agent: MemberId) {
        if self.agents.get(&agent).is_some_and(|agent| agent.away) {
            self.change(agent, |agent| agent.away = false);
        }
    }

    pub(crate) fn add_service(&mut self, id: GroupId, ms: i64) {
        if let Some(group) = self.groups.get_mut(&id) {
            group.services.push(ms);
            self.attention.lines.insert(id);
        }
    }
}

/// Moves an agent's part in the pools of `of` from one standing to another, and marks the lines that this concerns: those
/// of the groups themselves and of the groups that overflow into them.
///
/// `of` is the agent's own list of groups, so it also tells who is in a group and in its overflow group.
fn restand(
    groups: &mut BTreeMap<GroupId, Group>,
    attention: &mut Attention,
    of: &[GroupId],
    before: Standing,
    after: Standing,
) {
    let staffing = before.staffs != after.staffs;
    let working = (before.here, before.working_seats) != (after.here, after.working_seats);
    for id in of {
        let Some(group) = groups.get_mut(id) else { continue };
        let shared = group
            .overflow()
            .is_some_and(|overflow| of.binary_search(&overflow).is_ok());
        group.pool.remove(before, shared);
        group.pool.add(after, shared);
        if staffing || after.free.is_some() {
            attention.unsettled.insert(*id);
            attention.unsettled.extend(&group.feeders);
        }
        if staffing || working {
            attention.lines.insert(*id);
            attention.lines.extend(&group.feeders);
        }
    }
}
