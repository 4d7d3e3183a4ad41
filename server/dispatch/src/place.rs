//! The one way a conversation changes its place. Whatever hangs on the place (the line, the agent's seats, the timers,
//! what is told) is changed here with it and nowhere else.

use crate::conversation::{Conversation, GuestPresence};
use crate::roster::Roster;
use crate::timer::{Timer, Timers};
use crate::{Dispatcher, Settings};
use domain::{ClosedBy, ConversationId, MemberId, MissedReason, Place, SeatHow, SeatReason, Timestamp, WaitReason};

/// Where a conversation is put. The [`Place`] it has there also depends on where it was.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Destination {
    Line(WaitReason),
    Seat(Seat),
    Missed(MissedReason),
    Closed(ClosedBy),
}

/// A seat, and how it was chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    pub(crate) agent: MemberId,
    pub(crate) how: SeatHow,
    pub(crate) on_duty: u32,
    pub(crate) overflow: bool,
}

impl Dispatcher {
    /// Takes a conversation out of the place it is in and puts it into another.
    pub(crate) fn put(&mut self, id: ConversationId, destination: Destination) {
        let now = self.now;
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        self.changes.moving(conversation);

        match conversation.placement.place {
            Place::Waiting { .. } => {
                self.roster
                    .leave_line(&conversation.placement, conversation.guest_is_away());
            }
            Place::Seated { agent, .. } => {
                self.roster.leave_seat(agent, id);
                if matches!(destination, Destination::Missed(_) | Destination::Closed(_)) {
                    let ms = Timestamp(now).ms_since(conversation.placement.since).max(0);
                    self.roster.add_service(conversation.placement.group, ms);
                    self.changes.served(conversation, ms);
                }
            }
            Place::Missed { .. } | Place::Closed { .. } => {}
        }

        conversation.enter(destination, now);

        match conversation.placement.place {
            Place::Waiting { .. } => {
                self.roster
                    .join_line(&conversation.placement, conversation.guest_is_away());
            }
            Place::Seated { agent, .. } => self.roster.take_seat(agent, id, now),
            Place::Missed { .. } => {}
            Place::Closed { .. } => self.closed.push(id),
        }
        conversation.arm(&self.settings, &self.roster, &mut self.timers);
    }

    /// Takes in whether the guest is there; one who waits is passed over while they are not.
    pub(crate) fn see_guest(&mut self, id: ConversationId, guest: GuestPresence) {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        let was_away = conversation.guest_is_away();
        conversation.guest = guest;
        let is_away = conversation.guest_is_away();
        let placement = &conversation.placement;
        if matches!(placement.place, Place::Waiting { .. }) && was_away != is_away {
            self.roster.leave_line(placement, was_away);
            self.roster.join_line(placement, is_away);
        }
        conversation.arm(&self.settings, &self.roster, &mut self.timers);
    }

    /// Takes every conversation of an agent back into line.
    pub(crate) fn release_all(&mut self, agent: MemberId, reason: WaitReason) {
        let held = self.roster.agents.get(&agent).map(|agent| agent.conversations.clone());
        for conversation in held.into_iter().flatten() {
            self.put(conversation, Destination::Line(reason));
        }
    }
}

impl Conversation {
    /// The placement and the guest's presence in the new place.
    fn enter(&mut self, destination: Destination, now: i64) {
        let was = self.placement.place;
        self.counts_from = now;
        self.placement.since = Timestamp(now);
        self.placement.place = match destination {
            Destination::Line(reason) => {
                self.guest = match self.guest {
                    GuestPresence::Here => GuestPresence::Here,
                    GuestPresence::Gone { .. } => GuestPresence::Gone { since: now },
                    GuestPresence::Away { .. } | GuestPresence::NotExpected => GuestPresence::Away { since: now },
                };
                Place::Waiting {
                    reason,
                    // Who went away themselves has the place that their ticket gives them.
                    returned: matches!(was, Place::Seated { .. }) && reason != WaitReason::GuestAway,
                }
            }
            Destination::Seat(seat) => self.sit_down(seat, was),
            Destination::Missed(reason) => {
                if !self.guest_is_here() {
                    self.guest = GuestPresence::NotExpected;
                }
                Place::Missed { reason }
            }
            Destination::Closed(by) => Place::Closed { by },
        };
    }

    fn sit_down(&mut self, seat: Seat, was: Place) -> Place {
        self.placement.epoch = self.placement.epoch.next();
        self.placement.last_agent = Some(seat.agent);
        let after = match was {
            Place::Waiting { reason, .. } if reason != WaitReason::Arrived => Some(reason),
            _ => None,
        };
        Place::Seated {
            agent: seat.agent,
            reason: SeatReason {
                how: seat.how,
                on_duty: seat.on_duty,
                overflow: seat.overflow,
                after,
            },
            // Who claims a conversation means to answer it.
            answered: seat.how == SeatHow::Claimed,
            guest_seen: self.guest_is_here(),
        }
    }

    /// Makes the timers agree with the conversation's state.
    pub(crate) fn arm(&mut self, settings: &Settings, roster: &Roster, timers: &mut Timers) {
        let id = self.placement.conversation;
        let wait_ms_max = roster
            .groups
            .get(&self.placement.group)
            .and_then(|group| group.spec.wait_ms_max);
        let (old, new) = (self.deadlines, self.deadlines(settings, wait_ms_max));
        timers.replace(Timer::Absence(id), old.absence, new.absence);
        timers.replace(Timer::Away(id), old.away, new.away);
        timers.replace(Timer::Accept(id), old.accept, new.accept);
        timers.replace(Timer::WaitMax(id), old.wait_max, new.wait_max);
        self.deadlines = new;
    }
}
