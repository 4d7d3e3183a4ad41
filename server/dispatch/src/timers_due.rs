//! What happens by itself when nothing else happens in time.

use crate::Dispatcher;
use crate::conversation::GuestPresence;
use crate::place::Destination;
use crate::timer::Timer;
use domain::{ClosedBy, ConversationId, GroupId, MemberId, MissedReason, WaitReason};

impl Dispatcher {
    /// Fires what is due. Timers of one deadline fire together before seats are given out, so that of two conversations
    /// that lose their seats at the same moment the one that goes first gets the next.
    ///
    /// What follows happens now and not at the deadline: after a jump of the clock, or a night's sleep of the machine, an
    /// agent gets the full time to accept what has just been given to them.
    pub(crate) fn fire_due(&mut self) {
        while let Some(deadline) = self.timers.next_deadline().filter(|deadline| *deadline <= self.now) {
            while let Some(timer) = self.timers.pop(deadline) {
                self.fire(timer);
            }
            self.settle();
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::AgentGrace(agent) => self.agent_lost(agent),
            Timer::Absence(conversation) => self.guest_gone(conversation),
            Timer::Away(conversation) => self.guest_is_away(conversation),
            Timer::Accept(conversation) => self.bounce(conversation),
            Timer::WaitMax(conversation) => self.put(conversation, Destination::Missed(MissedReason::WaitedTooLong)),
            Timer::Unstaffed(group) => self.everyone_left(group),
        }
    }

    fn agent_lost(&mut self, agent: MemberId) {
        self.roster.change(agent, |agent| agent.grace_until = None);
        self.release_all(agent, WaitReason::AgentLost);
    }

    /// The guest did not come back. Whoever waits in line, or is owed a reply, is work to be done later.
    fn guest_gone(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(id) else {
            return;
        };
        let placement = &conversation.placement;
        let destination = if placement.agent().is_none() || placement.owed_since.is_some() {
            Destination::Missed(MissedReason::GuestLeft)
        } else {
            Destination::Closed(ClosedBy::GuestLeft)
        };
        self.put(id, destination);
    }

    /// The guest has been gone for longer than the next page takes: those who are there go first.
    fn guest_is_away(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(id) else {
            return;
        };
        let GuestPresence::Gone { since } = conversation.guest else {
            return;
        };
        let is_offered = conversation.is_offered();
        self.see_guest(id, GuestPresence::Away { since });
        if is_offered {
            self.put(id, Destination::Line(WaitReason::GuestAway));
        }
    }

    /// The agent did not reply: the conversation goes on to the next, and the agent gets no other until they show
    /// themselves.
    fn bounce(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        conversation.placement.bounces = conversation.placement.bounces.saturating_add(1);
        if let Some(agent) = conversation.placement.agent() {
            self.roster.change(agent, |agent| agent.away = true);
        }
        self.put(id, Destination::Line(WaitReason::Bounced));
    }

    fn everyone_left(&mut self, id: GroupId) {
        let waiting: Vec<_> = self.line(id).chain(self.passed_over(id)).collect();
        for conversation in waiting {
            self.put(conversation, Destination::Missed(MissedReason::EveryoneLeft));
        }
        self.set_closing(id, None);
    }
}
