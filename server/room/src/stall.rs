//! Notices that the server stood still: its process was stopped, its machine slept, its disk took very long. Then nobody
//! could act, and nothing is overdue.

use super::Room;
use crate::now::Now;
use dispatch::Event;
use domain::Timestamp;

/// While anything is due at some time, the room is looked at this often, in milliseconds.
pub(super) const LOOK_EVERY_MS: i64 = 1_000;

/// Nobody looked for so long: the server stood still, in milliseconds.
const STALL_MS: i64 = 5_000;

impl Room {
    /// When the room is to be looked at next, if anything may become due.
    pub(super) fn next_look(&self) -> Option<Timestamp> {
        self.dispatch.next_deadline()?;
        Some(self.now.steady.plus_ms(LOOK_EVERY_MS))
    }

    /// Takes in what time it is, before anything else is done. By both clocks: the steady one stands still while a machine
    /// sleeps.
    pub(super) fn look(&mut self, now: Now) {
        let before = std::mem::replace(&mut self.now, now);
        let ms = now.steady.ms_since(before.steady);
        let slept_ms = now.wall.ms_since(before.wall);
        // Without a deadline nobody had a reason to look.
        if ms.max(slept_ms) > STALL_MS && self.dispatch.next_deadline().is_some() {
            tracing::warn!(
                stood_still_ms = ms.max(slept_ms),
                "the server stood still; all deadlines begin anew"
            );
            self.postpone_absences();
            self.event(Event::Stalled { ms });
            self.tell_new_deadlines();
        }
    }

    /// Agents who are being asked to take up a guest see until when.
    fn tell_new_deadlines(&mut self) {
        let held = self.dispatch.agents().flat_map(|agent| agent.conversations());
        let asked: Vec<_> = held.filter(|id| self.dispatch.accept_by(*id).is_some()).collect();
        for conversation in asked {
            self.tell_agent(conversation);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use crate::testing::{AGENT, room};
    use domain::{ConversationState, Timestamp};

    #[test]
    fn an_offer_that_ran_out_while_the_server_stood_still_is_made_anew() {
        let mut room = room(1);
        room.comes(1);
        room.starts(1);
        room.lives_on(50);
        room.pass(130_000);
        room.tick();
        let seated = room.placement_of(1).unwrap();
        assert_eq!((seated.agent(), seated.bounces), (Some(AGENT), 0));
        let by = room.dispatch.accept_by(seated.conversation).unwrap();
        assert!((59_000..=60_000).contains(&by.ms_since(room.now.steady)), "{by:?}");

        room.lives_on(58);
        assert_eq!(room.placement_of(1).unwrap().bounces, 0);
        room.lives_on(3);
        assert_eq!(room.placement_of(1).unwrap().bounces, 1);
    }

    #[test]
    fn it_is_noticed_by_whatever_comes_first_after_it() {
        let mut room = room(1);
        room.comes(1);
        room.starts(1);
        room.pass(130_000);
        room.comes(2);
        assert_eq!(room.placement_of(1).unwrap().bounces, 0);
    }

    #[test]
    fn an_idle_room_has_not_stood_still_and_a_busy_one_is_looked_at_each_second() {
        let mut room = room(1);
        assert_eq!(room.next_tick(), None, "nothing is due, ever");
        room.pass(86_400_000);
        room.comes(1);
        room.starts(1);
        let next = room.next_tick().unwrap().ms_since(room.now.steady);
        assert!(next <= super::LOOK_EVERY_MS, "{next}");
        assert_eq!(room.placement_of(1).unwrap().state(), ConversationState::Seated);
    }

    #[test]
    fn a_machine_that_slept_has_stood_still_although_its_steady_clock_did_too() {
        let mut room = room(1);
        room.comes(1);
        room.starts(1);
        room.lives_on(59);
        room.now.wall = Timestamp(3_600_000);
        room.lives_on(50);
        assert_eq!(room.placement_of(1).unwrap().bounces, 0);
        room.lives_on(11);
        assert_eq!(room.placement_of(1).unwrap().bounces, 1);
    }
}
