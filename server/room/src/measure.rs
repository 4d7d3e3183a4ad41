//! The room in numbers, for a scrape.

use super::{Now, Room};
use domain::{ConversationState, Duty};
use std::collections::BTreeMap;

/// The room at one moment.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    pub groups: Vec<GroupMeasures>,
    /// Seated conversations.
    pub seated: i64,
    /// Agents by duty: on, break, off.
    pub agents: [i64; 3],
    /// Of agents on duty.
    pub seats: i64,
    pub seats_used: i64,
    /// Of those used, the ones of agents whose connection is lost.
    pub seats_held: i64,
}

#[derive(Clone, Debug, Default)]
pub struct GroupMeasures {
    pub name: String,
    pub waiting: i64,
    pub longest_wait_ms: i64,
    pub missed: i64,
}

impl Room {
    /// What the room is like at `now`.
    pub fn measure(&self, now: Now) -> Measures {
        let mut measures = Measures::default();
        let groups = self.directory.groups().map(|(id, name)| {
            let name = name.to_owned();
            let group = GroupMeasures {
                name,
                ..GroupMeasures::default()
            };
            (id, group)
        });
        let mut groups: BTreeMap<_, _> = groups.collect();
        let now = now.steady;
        for placement in self.dispatch.placements() {
            let group = groups.entry(placement.group).or_default();
            match placement.state() {
                ConversationState::Waiting => {
                    group.waiting += 1;
                    group.longest_wait_ms = group.longest_wait_ms.max(now.ms_since(placement.since));
                }
                ConversationState::Missed => group.missed += 1,
                ConversationState::Seated => measures.seated += 1,
                ConversationState::Closed => {}
            }
        }
        measures.groups = groups.into_values().collect();
        self.measure_seats(&mut measures);
        measures
    }

    fn measure_seats(&self, measures: &mut Measures) {
        let [on, on_break, off] = &mut measures.agents;
        for agent in self.dispatch.agents() {
            let used = i64::from(agent.used());
            match agent.duty() {
                Duty::On => {
                    *on += 1;
                    measures.seats += i64::from(agent.seats());
                }
                Duty::Break => *on_break += 1,
                Duty::Off => *off += 1,
            }
            measures.seats_used += used;
            if agent.held() {
                measures.seats_held += used;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use crate::testing::room;

    #[test]
    fn a_wait_grows_although_nothing_happens() {
        let mut room = room(1);
        for guest in [1, 2] {
            room.comes(guest);
            room.starts(guest);
        }
        room.pass(90_000);
        let measured = room.measure(room.now);
        assert_eq!(measured.groups.first().unwrap().longest_wait_ms, 90_000);
    }
}
