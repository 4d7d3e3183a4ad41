//! What agents and supervisors do with conversations.

use crate::place::{Destination, Seat};
use crate::{Dispatcher, Refusal};
use domain::{ClosedBy, ConversationId, ConversationState, Duty, Epoch, GroupId, MemberId, Place, Placement, SeatHow};

impl Dispatcher {
    pub(crate) fn accept(&mut self, id: ConversationId, agent: MemberId, epoch: Epoch) -> Result<(), Refusal> {
        self.held(id, agent, epoch)?;
        self.note(id, mark_answered);
        self.roster.wake(agent);
        Ok(())
    }

    pub(crate) fn agent_said(&mut self, id: ConversationId, agent: MemberId, epoch: Epoch) -> Result<(), Refusal> {
        self.held(id, agent, epoch)?;
        self.note(id, |placement| {
            mark_answered(placement);
            placement.owed_since = None;
        });
        self.roster.wake(agent);
        Ok(())
    }

    pub(crate) fn close(&mut self, id: ConversationId, agent: MemberId, epoch: Epoch) -> Result<(), Refusal> {
        self.held(id, agent, epoch)?;
        self.put(id, Destination::Closed(ClosedBy::Agent));
        self.roster.wake(agent);
        Ok(())
    }

    pub(crate) fn claim(&mut self, id: ConversationId, agent: MemberId) -> Result<(), Refusal> {
        let placement = &self.open(id)?.placement;
        if placement.state() != ConversationState::Missed {
            return Err(Refusal::Taken);
        }
        let group = placement.group;
        let claimer = self.roster.agents.get(&agent).ok_or(Refusal::NoAgent)?;
        if !claimer.connected || claimer.duty != Duty::On {
            return Err(Refusal::NotOnDuty);
        }
        if !claimer.serves(group) && !self.serves_by_overflow(agent, group) {
            return Err(Refusal::NoConversation);
        }
        if claimer.used() >= claimer.seats {
            return Err(Refusal::NoFreeSeat);
        }
        self.roster.wake(agent);
        self.give(id, group, agent, SeatHow::Claimed);
        Ok(())
    }

    pub(crate) fn transfer(
        &mut self,
        id: ConversationId,
        epoch: Epoch,
        to: MemberId,
        by: MemberId,
    ) -> Result<(), Refusal> {
        let placement = &self.open(id)?.placement;
        if placement.state() == ConversationState::Missed {
            return Err(Refusal::Taken);
        }
        if placement.epoch != epoch {
            return Err(Refusal::StaleEpoch);
        }
        let (group, holder) = (placement.group, placement.agent());
        let receiver = self.roster.agents.get(&to).ok_or(Refusal::NoAgent)?;
        if !receiver.connected || receiver.duty == Duty::Off {
            return Err(Refusal::NotOnDuty);
        }
        if holder == Some(to) {
            return Err(Refusal::Taken);
        }
        let over_limit = receiver.used() >= receiver.seats;
        self.roster.wake(by);
        self.give(id, group, to, SeatHow::Transferred { by, over_limit });
        Ok(())
    }

    /// Seats a conversation with an agent whom a person chose.
    fn give(&mut self, id: ConversationId, group: GroupId, agent: MemberId, how: SeatHow) {
        let overflow = self.serves_by_overflow(agent, group);
        let on_duty = self
            .roster
            .groups
            .get(&group)
            .map_or(0, |group| self.roster.on_duty(group, overflow));
        self.put(
            id,
            Destination::Seat(Seat {
                agent,
                how,
                on_duty,
                overflow,
            }),
        );
    }

    /// The agent is not in the group, but in the one it overflows to.
    pub(crate) fn serves_by_overflow(&self, agent: MemberId, group: GroupId) -> bool {
        let Some(agent) = self.roster.agents.get(&agent) else {
            return false;
        };
        let overflow = self
            .roster
            .groups
            .get(&group)
            .and_then(|group| self.roster.overflow_of(group));
        !agent.serves(group) && overflow.is_some_and(|overflow| agent.serves(overflow.spec.id))
    }

    /// The conversation in the seating that the agent means: the guard against whatever comes late.
    fn held(&mut self, id: ConversationId, agent: MemberId, epoch: Epoch) -> Result<&Placement, Refusal> {
        let placement = &self.open(id)?.placement;
        if placement.epoch != epoch {
            return Err(Refusal::StaleEpoch);
        }
        if placement.agent() != Some(agent) {
            return Err(Refusal::NoConversation);
        }
        Ok(placement)
    }

    /// Changes something about a conversation that stays where it is, and keeps its timers in step.
    pub(crate) fn note(&mut self, id: ConversationId, change: impl FnOnce(&mut Placement)) {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        let of = |placement: &Placement| (placement.place, placement.owed_since);
        let before = of(&conversation.placement);
        change(&mut conversation.placement);
        if of(&conversation.placement) != before {
            self.changes.noted(conversation);
        }
        conversation.arm(&self.settings, &self.roster, &mut self.timers);
    }
}

fn mark_answered(placement: &mut Placement) {
    if let Place::Seated { answered, .. } = &mut placement.place {
        *answered = true;
    }
}
