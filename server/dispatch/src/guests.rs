//! What guests do.

use crate::conversation::{Conversation, GuestPresence};
use crate::place::Destination;
use crate::{Dispatcher, Refusal};
use domain::{
    ClosedBy, ConversationId, ConversationState, Epoch, GroupId, GuestId, MemberId, MissedReason, Place, Placement,
    Timestamp, WaitReason,
};

impl Dispatcher {
    pub(crate) fn arrive(
        &mut self,
        id: ConversationId,
        guest: GuestId,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    ) -> Result<(), Refusal> {
        self.begin(id, guest, GuestPresence::Here, group, priority, last_agent)?;
        self.admit(id);
        Ok(())
    }

    pub(crate) fn by_form(
        &mut self,
        id: ConversationId,
        guest: GuestId,
        group: GroupId,
        last_agent: Option<MemberId>,
    ) -> Result<(), Refusal> {
        self.begin(id, guest, GuestPresence::NotExpected, group, 0, last_agent)?;
        self.put(id, Destination::Missed(MissedReason::NotConnected));
        Ok(())
    }

    /// A conversation in no line and in no seat; the caller puts it where it belongs.
    fn begin(
        &mut self,
        id: ConversationId,
        guest: GuestId,
        presence: GuestPresence,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    ) -> Result<(), Refusal> {
        if !self.roster.groups.contains_key(&group) {
            return Err(Refusal::NoGroup);
        }
        if self.conversations.get(id).is_some() {
            return Err(Refusal::Taken);
        }
        let placement = Placement {
            conversation: id,
            guest,
            group,
            priority,
            ticket: self.take_ticket(),
            epoch: Epoch::default(),
            place: Place::Missed {
                reason: MissedReason::NobodyOnDuty,
            },
            since: Timestamp(self.now),
            owed_since: None,
            bounces: 0,
            last_agent,
        };
        let mut conversation = Conversation::new(placement, presence, self.now);
        self.changes.arrived(&mut conversation);
        self.conversations.insert(conversation);
        Ok(())
    }

    pub(crate) fn rejoin(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let conversation = self.open(id)?;
        let missed = conversation.placement.state() == ConversationState::Missed;
        let group = conversation.placement.group;
        if missed && self.staffed(group) {
            let ticket = self.take_ticket();
            let conversation = self.open(id)?;
            conversation.placement.ticket = ticket;
            conversation.guest = GuestPresence::Here;
            self.admit(id);
        }
        Ok(())
    }

    /// Every conversation has a ticket of its own from the start, also one by form: an agent may claim it and then lose
    /// it to the line.
    fn take_ticket(&mut self) -> i64 {
        let ticket = self.next_ticket;
        self.next_ticket = self.next_ticket.saturating_add(1);
        ticket
    }

    /// Gives somebody who has just come a seat, a place at the end of the line, or the truth.
    fn admit(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(id) else {
            return;
        };
        let Some(group) = self.roster.groups.get(&conversation.placement.group) else {
            return;
        };
        let destination = if !self.roster.staffed(group) {
            Destination::Missed(MissedReason::NobodyOnDuty)
        } else if let Some(seat) = self.roster.choose(group, conversation.placement.last_agent) {
            // Nobody is passed over: all who could use this seat have been seated already, or it would not be free.
            Destination::Seat(seat)
        } else if group.line_is_full() {
            Destination::Missed(MissedReason::LineFull)
        } else {
            Destination::Line(WaitReason::Arrived)
        };
        self.put(id, destination);
    }

    pub(crate) fn guest_connected(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let now = self.now;
        let conversation = self.open(id)?;
        let is_seated = conversation.placement.agent().is_some();
        if is_seated && conversation.guest_is_away() {
            // The agent is asked to take them up from now on.
            conversation.counts_from = now;
        }
        self.see_guest(id, GuestPresence::Here);
        self.note(id, |placement| {
            if let Place::Seated { guest_seen, .. } = &mut placement.place {
                *guest_seen = true;
            }
        });
        Ok(())
    }

    pub(crate) fn guest_disconnected(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let now = self.now;
        let conversation = self.open(id)?;
        if conversation.guest_is_here() {
            let guest = match conversation.placement.state() {
                ConversationState::Missed => GuestPresence::NotExpected,
                _ => GuestPresence::Gone { since: now },
            };
            self.see_guest(id, guest);
        }
        Ok(())
    }

    pub(crate) fn guest_said(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let now = Timestamp(self.now);
        self.open(id)?;
        self.note(id, |placement| {
            placement.owed_since.get_or_insert(now);
        });
        Ok(())
    }

    /// The guest has had enough. What they said is still to be answered, unless an agent was with them: then they ended it.
    pub(crate) fn leave(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let placement = &self.open(id)?.placement;
        let destination = match placement.place {
            Place::Missed { .. } => return Ok(()),
            Place::Waiting { .. } if placement.owed_since.is_some() => Destination::Missed(MissedReason::GuestLeft),
            Place::Waiting { .. } | Place::Seated { .. } | Place::Closed { .. } => Destination::Closed(ClosedBy::Guest),
        };
        self.put(id, destination);
        Ok(())
    }

    /// There is nothing to be done about it, now or later.
    pub(crate) fn dismiss(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let conversation = self.open(id)?;
        if conversation.placement.state() != ConversationState::Missed || conversation.guest_is_here() {
            return Err(Refusal::Taken);
        }
        self.put(id, Destination::Closed(ClosedBy::NothingSaid));
        Ok(())
    }
}
