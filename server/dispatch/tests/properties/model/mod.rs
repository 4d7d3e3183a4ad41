//! Dispatch once more, slow and obvious: plain lists, and every question answered by looking at everything. It shares
//! nothing with the implementation but the types of its contract.
//!
//! Nothing is remembered here that can be found out: there is no line (those who wait, sorted), no index of free seats
//! (all agents, filtered), and no timer (whatever is due by now is found by looking).

mod due;
mod events;
mod restart;

use dispatch::Settings;
use domain::{
    AgentSpec, ClosedBy, ConversationId, ConversationState, Duty, GroupId, GroupSpec, MemberId, MissedReason, Place,
    Placement, SeatHow, SeatReason, Timestamp, WaitReason,
};

#[derive(Clone)]
pub struct Model {
    pub settings: Settings,
    pub now: i64,
    next_ticket: i64,
    pub groups: Vec<Group>,
    pub agents: Vec<Agent>,
    /// In the order of arrival; a closed one stays until the next event.
    pub talks: Vec<Talk>,
    /// The seatings that this event has ended for good, and how long they lasted.
    served: Vec<(ConversationId, i64)>,
}

#[derive(Clone)]
pub struct Group {
    pub spec: GroupSpec,
    pub services: Vec<i64>,
    /// When those waiting become missed, since nobody is on duty.
    pub unstaffed_until: Option<i64>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Agent {
    pub spec: AgentSpec,
    pub connected: bool,
    pub grace_until: Option<i64>,
    pub away: bool,
}

#[derive(Clone)]
pub struct Talk {
    pub placement: Placement,
    guest_here: bool,
    /// Since when the guest's absence counts.
    absent_since: Option<i64>,
    /// The guest has been absent for longer than the next page takes.
    away: bool,
    /// Since when the agent has had the time to answer.
    asked_at: i64,
    /// Since when the wait in line counts.
    waits_from: i64,
}

impl Talk {
    /// The guest is not there, nor only on the way to the next page.
    fn guest_away(&self) -> bool {
        !self.guest_here && (self.away || self.absent_since.is_none())
    }

    fn mark_answered(&mut self) {
        if let Place::Seated { answered, .. } = &mut self.placement.place {
            *answered = true;
        }
    }

    /// Whether an agent is being asked to take it up.
    fn asked(&self) -> bool {
        self.placement.state() == ConversationState::Seated && !self.placement.answered() && !self.guest_away()
    }
}

impl Model {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            now: i64::MIN,
            next_ticket: 1,
            groups: vec![],
            agents: vec![],
            talks: vec![],
            served: vec![],
        }
    }

    pub fn talk(&self, id: ConversationId) -> Option<usize> {
        self.talks.iter().position(|talk| talk.placement.conversation == id)
    }

    pub fn agent(&self, id: MemberId) -> Option<usize> {
        self.agents.iter().position(|agent| agent.spec.id == id)
    }

    fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.spec.id == id)
    }

    pub fn held(&self, agent: MemberId) -> u32 {
        let held = self
            .talks
            .iter()
            .filter(|talk| talk.placement.agent() == Some(agent))
            .count();
        u32::try_from(held).unwrap()
    }

    fn free(&self, agent: &Agent) -> bool {
        agent.connected && agent.spec.duty == Duty::On && !agent.away && self.held(agent.spec.id) < agent.spec.seats
    }

    /// The group that `id` overflows to, if there is one.
    fn overflow(&self, id: GroupId) -> Option<GroupId> {
        let overflow = self.group(id)?.spec.overflow?;
        (overflow != id && self.group(overflow).is_some()).then_some(overflow)
    }

    fn in_group(agent: &Agent, group: Option<GroupId>) -> bool {
        group.is_some_and(|group| agent.spec.groups.contains(&group))
    }

    /// The agents on duty for a group, also those of its overflow group if `overflow`.
    fn staff(&self, group: GroupId, overflow: bool) -> impl Iterator<Item = &Agent> {
        let overflow = self.overflow(group).filter(|_| overflow);
        self.agents.iter().filter(move |agent| {
            (agent.connected || agent.grace_until.is_some())
                && agent.spec.duty == Duty::On
                && agent.spec.seats > 0
                && (Self::in_group(agent, Some(group)) || Self::in_group(agent, overflow))
        })
    }

    fn on_duty(&self, group: GroupId, overflow: bool) -> u32 {
        u32::try_from(self.staff(group, overflow).count()).unwrap()
    }

    pub fn staffed(&self, group: GroupId) -> bool {
        self.staff(group, true).next().is_some()
    }

    pub fn agents_here(&self, group: GroupId) -> bool {
        self.staff(group, true).any(|agent| agent.connected && !agent.away)
    }

    /// Those waiting for a group whose guest is there, first in line first.
    pub fn line(&self, group: GroupId) -> Vec<ConversationId> {
        self.waiting(group, false)
    }

    /// Those waiting for a group whose guest is away, in order.
    pub fn passed_over(&self, group: GroupId) -> Vec<ConversationId> {
        self.waiting(group, true)
    }

    fn waiting(&self, group: GroupId, away: bool) -> Vec<ConversationId> {
        let mut line: Vec<_> = self.talks.iter().filter(|talk| talk.guest_away() == away).collect();
        line.retain(|talk| talk.placement.state() == ConversationState::Waiting && talk.placement.group == group);
        line.sort_by_key(|talk| order(&talk.placement));
        line.into_iter().map(|talk| talk.placement.conversation).collect()
    }

    pub fn estimate_s(&self, id: GroupId, ahead: i64) -> Option<u32> {
        let group = self.group(id)?;
        let working = |agent: &&Agent| {
            let present = agent.connected || agent.grace_until.is_some();
            Self::in_group(agent, Some(id)) && present && agent.spec.duty == Duty::On && !agent.away
        };
        let seats: i64 = self
            .agents
            .iter()
            .filter(working)
            .map(|agent| i64::from(agent.spec.seats))
            .sum();
        let count = i64::try_from(group.services.len()).unwrap();
        if seats == 0 || count < 3 {
            return None;
        }
        let total_ms: i64 = group.services.iter().sum();
        let (above, below) = (total_ms * (ahead + 1), count * seats * 1_000);
        let seconds = above / below + i64::from(above % below > 0);
        Some(u32::try_from(seconds).unwrap())
    }

    /// Who could take a guest of the group right now: its own agents, or else those of the overflow group.
    fn eligible(&self, group: GroupId) -> (Vec<&Agent>, bool) {
        let free_of = |group| -> Vec<&Agent> {
            self.agents
                .iter()
                .filter(|agent| self.free(agent) && Self::in_group(agent, group))
                .collect()
        };
        let own = free_of(Some(group));
        if own.is_empty() {
            (free_of(self.overflow(group)), true)
        } else {
            (own, false)
        }
    }

    /// Seats whoever goes first, again and again, until there is no seat for anybody who waits.
    fn seat_everyone(&mut self) {
        loop {
            let mut waiting: Vec<_> = (0..self.talks.len()).collect();
            waiting.retain(|talk| {
                let talk = &self.talks[*talk];
                talk.placement.state() == ConversationState::Waiting && !talk.guest_away()
            });
            waiting.sort_by_key(|talk| order(&self.talks[*talk].placement));
            let first = waiting
                .into_iter()
                .find(|talk| !self.eligible(self.talks[*talk].placement.group).0.is_empty());
            let Some(first) = first else { return };
            self.seat_first(first);
        }
    }

    fn seat_first(&mut self, talk: usize) {
        let placement = &self.talks[talk].placement;
        let rules = &self.group(placement.group).unwrap().spec;
        let (eligible, overflow) = self.eligible(placement.group);
        let known = eligible
            .iter()
            .find(|agent| rules.last_agent_first && Some(agent.spec.id) == placement.last_agent);
        let least_busy = eligible
            .iter()
            .min_by_key(|agent| (self.held(agent.spec.id), agent.spec.last_seated_at, agent.spec.id));
        let (agent, how) = match known {
            Some(agent) => (agent.spec.id, SeatHow::LastAgent),
            None => (least_busy.unwrap().spec.id, SeatHow::LeastBusy),
        };
        let on_duty = self.on_duty(placement.group, overflow);
        self.seat(
            talk,
            agent,
            SeatReason {
                how,
                on_duty,
                overflow,
                after: None,
            },
        );
    }

    /// `reason.after` is found out here.
    fn seat(&mut self, talk: usize, agent: MemberId, mut reason: SeatReason) {
        let now = Timestamp(self.now);
        let Talk {
            placement,
            guest_here,
            asked_at,
            ..
        } = &mut self.talks[talk];
        reason.after = placement.wait_reason().filter(|why| *why != WaitReason::Arrived);
        placement.since = now;
        placement.epoch.0 += 1;
        placement.last_agent = Some(agent);
        placement.place = Place::Seated {
            agent,
            reason,
            answered: reason.how == SeatHow::Claimed,
            guest_seen: *guest_here,
        };
        *asked_at = self.now;
        let agent = self.agent(agent).unwrap();
        self.agents[agent].spec.last_seated_at = now;
    }

    /// Back from a seat into line.
    fn release(&mut self, talk: usize, reason: WaitReason) {
        let talk = &mut self.talks[talk];
        talk.placement.since = Timestamp(self.now);
        talk.placement.place = Place::Waiting {
            reason,
            returned: reason != WaitReason::GuestAway,
        };
        talk.away = talk.guest_away();
        talk.absent_since = (!talk.guest_here).then_some(self.now);
        talk.waits_from = self.now;
    }

    fn release_all(&mut self, agent: MemberId, reason: WaitReason) {
        for talk in 0..self.talks.len() {
            if self.talks[talk].placement.agent() == Some(agent) {
                self.release(talk, reason);
            }
        }
    }

    /// What is done with a conversation for now, if it was in a seat.
    fn end_service(&mut self, talk: usize) {
        let placement = &self.talks[talk].placement;
        if placement.agent().is_none() {
            return;
        }
        let (group, ms) = (placement.group, (self.now - placement.since.0).max(0));
        self.served.push((placement.conversation, ms));
        let group = self.groups.iter_mut().find(|known| known.spec.id == group).unwrap();
        group.services.push(ms);
        if group.services.len() > 20 {
            group.services.remove(0);
        }
    }

    pub fn service_ms(&self, conversation: ConversationId) -> Option<i64> {
        let served = self.served.iter().find(|(served, _)| *served == conversation);
        served.map(|(_, ms)| *ms)
    }

    fn miss(&mut self, talk: usize, reason: MissedReason) {
        self.end_service(talk);
        let Talk {
            placement,
            absent_since,
            away,
            ..
        } = &mut self.talks[talk];
        placement.since = Timestamp(self.now);
        placement.place = Place::Missed { reason };
        (*absent_since, *away) = (None, false);
    }

    fn end(&mut self, talk: usize, by: ClosedBy) {
        self.end_service(talk);
        let placement = &mut self.talks[talk].placement;
        placement.since = Timestamp(self.now);
        placement.place = Place::Closed { by };
    }

    /// Starts the time after which the waiting become missed where nobody is on duty, and stops it where somebody is.
    fn watch_staffing(&mut self) {
        for group in 0..self.groups.len() {
            let id = self.groups[group].spec.id;
            let anybody = !self.line(id).is_empty() || !self.passed_over(id).is_empty();
            let deserted = !self.staffed(id) && anybody;
            let until = &mut self.groups[group].unstaffed_until;
            match until {
                None if deserted => *until = Some(self.now + self.settings.unstaffed_ms),
                Some(_) if !deserted => *until = None,
                _ => {}
            }
        }
    }
}

/// Who goes first: the smaller.
fn order(placement: &Placement) -> (bool, i64, i64) {
    (!placement.returned(), -i64::from(placement.priority), placement.ticket)
}
