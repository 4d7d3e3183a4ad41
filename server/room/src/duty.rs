//! Whether anybody is on duty, told to guests who could begin to talk.
//!
//! Every such guest has been told what `duty_told` says of their group; a group that is not in it has guests who were told
//! different things, because something changed between two of them.

use super::Room;
use super::guest::PresentGuest;
use domain::{ConversationState, GroupId, GuestId};
use protocol::guest::GuestEvent;

impl Room {
    /// Tells the group's guests if it has changed whether anybody is on duty for them.
    pub(super) fn tell_duty(&mut self, group: GroupId) {
        let on_duty = self.dispatch.staffed(group);
        if self.duty_told.get(&group) == Some(&on_duty) {
            return;
        }
        let guests: Vec<_> = self
            .presence
            .guests()
            .filter(|(guest, present)| self.could_begin_in(*guest, present) == Some(group))
            .map(|(guest, _)| guest)
            .collect();
        for guest in guests {
            self.tell_guest_duty(guest);
        }
        self.duty_told.insert(group, on_duty);
    }

    /// Tells a guest who could begin to talk whether anybody is on duty for them, if they were told otherwise.
    pub(super) fn tell_guest_duty(&mut self, guest: GuestId) {
        let Some(present) = self.presence.guest(guest) else {
            return;
        };
        let Some(group) = self.could_begin_in(guest, present) else {
            return;
        };
        let on_duty = self.note_duty_told(group);
        if let Some(present) = self.presence.guest_mut(guest)
            && present.on_duty != Some(on_duty)
        {
            present.on_duty = Some(on_duty);
            self.send_guest(guest, GuestEvent::Duty { on_duty });
        }
    }

    /// Whether anybody is on duty for the group: to be told to one guest, whatever the others were told.
    pub(super) fn note_duty_told(&mut self, group: GroupId) -> bool {
        let on_duty = self.dispatch.staffed(group);
        if self.duty_told.get(&group).is_some_and(|told| *told != on_duty) {
            self.duty_told.remove(&group);
        }
        on_duty
    }

    /// The group that a guest who neither waits nor is seated would talk to.
    fn could_begin_in(&self, guest: GuestId, present: &PresentGuest) -> Option<GroupId> {
        let Some(open) = self.conversations.of(guest) else {
            return Some(present.group);
        };
        let placement = self.dispatch.placement(open)?;
        (placement.state() == ConversationState::Missed).then_some(placement.group)
    }
}
