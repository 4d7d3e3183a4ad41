//! The one way a conversation changes its place. Whatever hangs on the place (the line, the agent's seats, the timers,
//! what is told) is changed here with it and nowhere else.

use crate::conversation::{Conversation, GuestPresence};
use crate::roster::Roster;
use crate::timer::{Timer, Timers};
use crate::{Dispatcher, Settings};
use domain::{
    ClosedBy, ConversationId, ConversationState, MemberId, MissedReason, Placement, SeatHow, SeatReason, Timestamp,
    WaitReason,
};

/// Where to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Line(WaitReason),
    Seat(Seat),
    Missed(MissedReason),
    Over(ClosedBy),
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
    pub(crate) fn put(&mut self, id: ConversationId, place: Place) {
        let now = self.now;
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        self.changes.moving(conversation);

        match (conversation.placement.state, conversation.placement.agent) {
            (ConversationState::Waiting, _) => {
                self.roster
                    .leave_line(&conversation.placement, conversation.guest_is_away());
            }
            (ConversationState::Seated, Some(agent)) => {
                self.roster.leave_seat(agent, id);
                if matches!(place, Place::Missed(_) | Place::Over(_)) {
                    let ms = Timestamp(now).ms_since(conversation.placement.since).max(0);
                    self.roster.add_service(conversation.placement.group, ms);
                    self.changes.served(conversation, ms);
                }
            }
            _ => {}
        }

        conversation.enter(place, now);

        match (conversation.placement.state, conversation.placement.agent) {
            (ConversationState::Waiting, _) => {
                self.roster
                    .join_line(&conversation.placement, conversation.guest_is_away());
            }
            (ConversationState::Seated, Some(agent)) => self.roster.take_seat(agent, id, now),
            (ConversationState::Closed, _) => self.closed.push(id),
            _ => {}
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
        if placement.state == ConversationState::Waiting && was_away != is_away {
            self.roster.leave_line(placement, was_away);
            self.roster.join_line(placement, is_away);
        }
        conversation.arm(&self.settings, &self.roster, &mut self.timers);
    }

    /// Takes every conversation of an agent back into line.
    pub(crate) fn release_all(&mut self, agent: MemberId, reason: WaitReason) {
        let held = self.roster.agents.get(&agent).map(|agent| agent.conversations.clone());
        for conversation in held.into_iter().flatten() {
            self.put(conversation, Place::Line(reason));
        }
    }
}

impl Conversation {
    /// The placement and the guest's presence in the new place.
    fn enter(&mut self, place: Place, now: i64) {
        let lost_seat = self.placement.state == ConversationState::Seated;
        let after = self
            .placement
            .wait_reason
            .filter(|reason| *reason != WaitReason::Arrived);
        clear_place(&mut self.placement);
        self.counts_from = now;

        let placement = &mut self.placement;
        placement.since = Timestamp(now);
        match place {
            Place::Line(reason) => {
                placement.state = ConversationState::Waiting;
                placement.wait_reason = Some(reason);
                // Who went away themselves has the place that their ticket gives them.
                placement.returned = lost_seat && reason != WaitReason::GuestAway;
                self.guest = match self.guest {
                    GuestPresence::Here => GuestPresence::Here,
                    GuestPresence::Gone { .. } => GuestPresence::Gone { since: now },
                    GuestPresence::Away { .. } | GuestPresence::NotExpected => GuestPresence::Away { since: now },
                };
            }
            Place::Seat(Seat {
                agent,
                how,
                on_duty,
                overflow,
            }) => {
                placement.state = ConversationState::Seated;
                placement.epoch = placement.epoch.next();
                placement.agent = Some(agent);
                placement.last_agent = Some(agent);
                placement.seat_reason = Some(SeatReason {
                    how,
                    on_duty,
                    overflow,
                    after,
                });
                // Who claims a conversation means to answer it.
                placement.answered = how == SeatHow::Claimed;
                placement.guest_seen = self.guest == GuestPresence::Here;
            }
            Place::Missed(reason) => {
                placement.state = ConversationState::Missed;
                placement.missed_reason = Some(reason);
                if !self.guest_is_here() {
                    self.guest = GuestPresence::NotExpected;
                }
            }
            Place::Over(by) => {
                placement.state = ConversationState::Closed;
                placement.closed_by = Some(by);
            }
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

/// Clears what a placement does not keep from one place to the next.
fn clear_place(placement: &mut Placement) {
    placement.agent = None;
    placement.seat_reason = None;
    placement.answered = false;
    placement.guest_seen = false;
    placement.returned = false;
    placement.wait_reason = None;
    placement.missed_reason = None;
}
