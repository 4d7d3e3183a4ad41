//! What is done.

use super::{Agent, Group, Model, Talk};
use dispatch::{Event, Refusal};
use domain::{
    AgentSpec, ClosedBy, ConversationId, ConversationState, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId,
    MissedReason, Place, Placement, SeatHow, SeatReason, Timestamp, WaitReason,
};

impl Model {
    pub fn handle(&mut self, now: i64, event: &Event) -> Result<(), Refusal> {
        self.talks
            .retain(|talk| talk.placement.state() != ConversationState::Closed);
        self.now = self.now.max(now);
        self.served.clear();
        if let Event::Stalled { ms } = event {
            self.stood_still(*ms);
        }
        self.let_time_pass();
        let result = self.apply(event);
        self.seat_everyone();
        self.watch_staffing();
        result
    }

    fn apply(&mut self, event: &Event) -> Result<(), Refusal> {
        match event.clone() {
            Event::Group(spec) => self.set_group(spec),
            Event::Agent(spec) => self.set_agent(spec),
            Event::AgentRemoved { agent } => {
                let index = self.known(agent)?;
                self.release_all(agent, WaitReason::AgentLeft);
                self.agents.remove(index);
            }
            Event::AgentConnected { agent } => {
                let index = self.known(agent)?;
                self.agents[index].connected = true;
                self.agents[index].grace_until = None;
            }
            Event::AgentDisconnected { agent } => {
                let index = self.known(agent)?;
                self.disconnect(index);
            }
            Event::Duty { agent, duty } => {
                let index = self.known(agent)?;
                self.agents[index].spec.duty = duty;
                self.agents[index].away = false;
                if duty == Duty::Off {
                    self.release_all(agent, WaitReason::AgentLeft);
                }
            }
            Event::AgentActive { agent } => {
                let index = self.known(agent)?;
                self.agents[index].away = false;
            }
            Event::Arrive {
                conversation,
                guest,
                group,
                priority,
                last_agent,
            } => {
                self.arrive(conversation, guest, group, priority, last_agent)?;
            }
            Event::ByForm {
                conversation,
                guest,
                group,
                last_agent,
            } => {
                let talk = self.begin(conversation, guest, false, group, 0, last_agent)?;
                self.miss(talk, MissedReason::NotConnected);
            }
            Event::Accept {
                conversation,
                agent,
                epoch,
            } => {
                let talk = self.held_by(conversation, agent, epoch)?;
                self.talks[talk].mark_answered();
                self.wake(agent);
            }
            Event::AgentSaid {
                conversation,
                agent,
                epoch,
            } => {
                let talk = self.held_by(conversation, agent, epoch)?;
                self.talks[talk].mark_answered();
                self.talks[talk].placement.owed_since = None;
                self.wake(agent);
            }
            Event::Close {
                conversation,
                agent,
                epoch,
            } => {
                let talk = self.held_by(conversation, agent, epoch)?;
                self.end(talk, ClosedBy::Agent);
                self.wake(agent);
            }
            Event::Claim { conversation, agent } => self.claim(conversation, agent)?,
            Event::Transfer {
                conversation,
                epoch,
                to,
                by,
            } => self.transfer(conversation, epoch, to, by)?,
            Event::Rejoin { conversation }
            | Event::GuestConnected { conversation }
            | Event::GuestDisconnected { conversation }
            | Event::GuestSaid { conversation }
            | Event::Leave { conversation }
            | Event::Dismiss { conversation } => {
                let talk = self.open(conversation)?;
                let vain =
                    self.talks[talk].guest_here || self.talks[talk].placement.state() != ConversationState::Missed;
                if vain && matches!(event, Event::Dismiss { .. }) {
                    return Err(Refusal::Taken);
                }
                self.guest_does(talk, event);
            }
            Event::Stalled { .. } | Event::Tick => {}
        }
        Ok(())
    }

    fn disconnect(&mut self, agent: usize) {
        if self.agents[agent].connected {
            self.agents[agent].connected = false;
            self.agents[agent].grace_until = Some(self.now + self.settings.agent_grace_ms);
        }
    }

    fn set_group(&mut self, spec: GroupSpec) {
        match self.groups.iter_mut().find(|group| group.spec.id == spec.id) {
            Some(group) => group.spec = spec,
            None => self.groups.push(Group {
                spec,
                services: vec![],
                unstaffed_until: None,
            }),
        }
    }

    fn set_agent(&mut self, spec: AgentSpec) {
        match self.agent(spec.id) {
            Some(index) => {
                self.agents[index].spec.seats = spec.seats;
                self.agents[index].spec.groups = spec.groups;
            }
            None => self.agents.push(Agent {
                spec,
                connected: false,
                grace_until: None,
                away: false,
            }),
        }
    }

    fn arrive(
        &mut self,
        conversation: ConversationId,
        guest: GuestId,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    ) -> Result<(), Refusal> {
        let talk = self.begin(conversation, guest, true, group, priority, last_agent)?;
        self.admit(talk);
        Ok(())
    }

    fn begin(
        &mut self,
        conversation: ConversationId,
        guest: GuestId,
        guest_here: bool,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    ) -> Result<usize, Refusal> {
        if self.group(group).is_none() {
            return Err(Refusal::NoGroup);
        }
        if self.talk(conversation).is_some() {
            return Err(Refusal::Taken);
        }
        let placement = Placement {
            conversation,
            guest,
            group,
            priority,
            ticket: self.take_ticket(),
            epoch: Epoch(0),
            place: Place::Missed {
                reason: MissedReason::NobodyOnDuty,
            },
            since: Timestamp(self.now),
            owed_since: None,
            bounces: 0,
            last_agent,
        };
        self.talks.push(Talk {
            placement,
            guest_here,
            absent_since: None,
            away: false,
            asked_at: 0,
            waits_from: self.now,
        });
        Ok(self.talks.len() - 1)
    }

    fn take_ticket(&mut self) -> i64 {
        self.next_ticket += 1;
        self.next_ticket - 1
    }

    /// Lets somebody into the line, seats whoever can be seated, and sends them away again if the line was full before.
    fn admit(&mut self, talk: usize) {
        let group = self.talks[talk].placement.group;
        let before = self.line(group).len();
        let placement = &mut self.talks[talk].placement;
        placement.place = Place::Waiting {
            reason: WaitReason::Arrived,
            returned: false,
        };
        placement.since = Timestamp(self.now);
        self.talks[talk].waits_from = self.now;
        if !self.staffed(group) {
            return self.miss(talk, MissedReason::NobodyOnDuty);
        }
        self.seat_everyone();
        let full = self
            .group(group)
            .unwrap()
            .spec
            .line_max
            .is_some_and(|max| before >= usize::try_from(max).unwrap());
        if full && self.talks[talk].placement.state() == ConversationState::Waiting {
            self.miss(talk, MissedReason::LineFull);
        }
    }

    fn guest_does(&mut self, talk: usize, event: &Event) {
        let (now, state) = (self.now, self.talks[talk].placement.state());
        let waiting = state == ConversationState::Waiting;
        let missed = state == ConversationState::Missed;
        let owed = self.talks[talk].placement.owed_since.is_some();
        match event {
            Event::Rejoin { .. } if missed && self.staffed(self.talks[talk].placement.group) => {
                self.talks[talk].placement.ticket = self.take_ticket();
                self.talks[talk].guest_here = true;
                self.admit(talk);
            }
            Event::GuestConnected { .. } => {
                let talk = &mut self.talks[talk];
                if talk.guest_away() {
                    talk.asked_at = now;
                }
                (talk.guest_here, talk.absent_since, talk.away) = (true, None, false);
                if let Place::Seated { guest_seen, .. } = &mut talk.placement.place {
                    *guest_seen = true;
                }
            }
            Event::GuestDisconnected { .. } if self.talks[talk].guest_here => {
                self.talks[talk].guest_here = false;
                self.talks[talk].absent_since = (!missed).then_some(now);
            }
            Event::GuestSaid { .. } if !owed => self.talks[talk].placement.owed_since = Some(Timestamp(now)),
            Event::Leave { .. } if waiting && owed => self.miss(talk, MissedReason::GuestLeft),
            Event::Dismiss { .. } => self.end(talk, ClosedBy::NothingSaid),
            Event::Leave { .. } if !missed => self.end(talk, ClosedBy::Guest),
            _ => {}
        }
    }

    /// Nobody could act: who has time to do something has all of it again.
    fn stood_still(&mut self, ms: i64) {
        for talk in &mut self.talks {
            talk.absent_since = talk.absent_since.map(|_| self.now);
            talk.asked_at = self.now;
            talk.waits_from += ms;
        }
        for agent in &mut self.agents {
            agent.grace_until = agent.grace_until.map(|_| self.now + self.settings.agent_grace_ms);
        }
        for group in &mut self.groups {
            group.unstaffed_until = group.unstaffed_until.map(|_| self.now + self.settings.unstaffed_ms);
        }
    }

    fn claim(&mut self, conversation: ConversationId, agent: MemberId) -> Result<(), Refusal> {
        let talk = self.open(conversation)?;
        let placement = &self.talks[talk].placement;
        if placement.state() != ConversationState::Missed {
            return Err(Refusal::Taken);
        }
        let claimer = &self.agents[self.known(agent)?];
        if !claimer.connected || claimer.spec.duty != Duty::On {
            return Err(Refusal::NotOnDuty);
        }
        let theirs = Self::in_group(claimer, Some(placement.group));
        if !theirs && !Self::in_group(claimer, self.overflow(placement.group)) {
            return Err(Refusal::NoConversation);
        }
        if self.held(agent) >= claimer.spec.seats {
            return Err(Refusal::NoFreeSeat);
        }
        self.wake(agent);
        self.give(talk, agent, SeatHow::Claimed);
        Ok(())
    }

    fn transfer(
        &mut self,
        conversation: ConversationId,
        epoch: Epoch,
        to: MemberId,
        by: MemberId,
    ) -> Result<(), Refusal> {
        let talk = self.open(conversation)?;
        let placement = &self.talks[talk].placement;
        if placement.state() == ConversationState::Missed {
            return Err(Refusal::Taken);
        }
        if placement.epoch != epoch {
            return Err(Refusal::StaleEpoch);
        }
        let receiver = &self.agents[self.known(to)?];
        if !receiver.connected || receiver.spec.duty == Duty::Off {
            return Err(Refusal::NotOnDuty);
        }
        if placement.agent() == Some(to) {
            return Err(Refusal::Taken);
        }
        let over_limit = self.held(to) >= receiver.spec.seats;
        self.wake(by);
        self.give(talk, to, SeatHow::Transferred { by, over_limit });
        Ok(())
    }

    fn give(&mut self, talk: usize, agent: MemberId, how: SeatHow) {
        let group = self.talks[talk].placement.group;
        let giver = &self.agents[self.agent(agent).unwrap()];
        let overflow = !Self::in_group(giver, Some(group)) && Self::in_group(giver, self.overflow(group));
        let on_duty = self.on_duty(group, overflow);
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

    fn wake(&mut self, agent: MemberId) {
        if let Some(index) = self.agent(agent) {
            self.agents[index].away = false;
        }
    }

    fn known(&self, agent: MemberId) -> Result<usize, Refusal> {
        self.agent(agent).ok_or(Refusal::NoAgent)
    }

    fn open(&self, conversation: ConversationId) -> Result<usize, Refusal> {
        let talk = self.talk(conversation).ok_or(Refusal::NoConversation)?;
        let closed = self.talks[talk].placement.state() == ConversationState::Closed;
        if closed { Err(Refusal::Closed) } else { Ok(talk) }
    }

    fn held_by(&self, conversation: ConversationId, agent: MemberId, epoch: Epoch) -> Result<usize, Refusal> {
        let talk = self.open(conversation)?;
        let placement = &self.talks[talk].placement;
        if placement.epoch != epoch {
            Err(Refusal::StaleEpoch)
        } else if placement.agent() == Some(agent) {
            Ok(talk)
        } else {
            Err(Refusal::NoConversation)
        }
    }
}
