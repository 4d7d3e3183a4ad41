//! What the lists beside the conversation show: who waits, who was missed, and whether they can be had.

use super::DeskState;
use app::ui::names::name_or;
use domain::{ConversationId, Duty, GroupId};
use protocol::desk::{MissedEntry, WaitingEntry};

/// Why no guest can be taken out of the missed queue right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    Offline,
    NotOnDuty,
    NoFreeSeat,
}

impl DeskState {
    /// Why the server would refuse a claim.
    pub fn hindrance(&self) -> Option<Hindrance> {
        if !self.welcomed {
            Some(Hindrance::Offline)
        } else if self.seats.duty != Duty::On {
            Some(Hindrance::NotOnDuty)
        } else if self.seats.used >= self.seats.seats {
            Some(Hindrance::NoFreeSeat)
        } else {
            None
        }
    }

    /// The agent has asked for it, and the server has not answered yet.
    pub fn is_claiming(&self, conversation: ConversationId) -> bool {
        self.claiming == Some(conversation)
    }

    pub fn waiting_entry(&self, conversation: ConversationId) -> Option<&WaitingEntry> {
        let mut waiting = self.line.waiting.iter();
        waiting.find(|entry| entry.conversation == conversation)
    }

    pub fn missed_entry(&self, conversation: ConversationId) -> Option<&MissedEntry> {
        let mut missed = self.missed.missed.iter();
        missed.find(|entry| entry.conversation == conversation)
    }

    /// The place in line that the guest is told: among those of the same group.
    pub fn position(&self, conversation: ConversationId) -> Option<usize> {
        let group = self.waiting_entry(conversation)?.group;
        let mut same = self.line.waiting.iter().filter(|entry| entry.group == group);
        same.position(|entry| entry.conversation == conversation)
            .map(|ahead| ahead + 1)
    }

    /// A group's name, as it stands among other words, unless it is the only one that the agent serves.
    pub fn group_name(&self, id: GroupId) -> Option<String> {
        let group = self.groups.iter().find(|group| group.id == id)?;
        let only = group.mine && self.groups.iter().filter(|group| group.mine).count() == 1;
        (!only).then(|| name_or(&group.name, || id.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{GuestId, Timestamp, WaitReason};
    use protocol::desk::{DeskGroup, GuestCard, Line, Seats};
    use uuid::Uuid;

    fn conversation(n: u128) -> ConversationId {
        ConversationId(Uuid::from_u128(n))
    }

    fn waiting(n: u128, group: i64) -> WaitingEntry {
        WaitingEntry {
            conversation: conversation(n),
            group: GroupId(group),
            guest: GuestCard {
                id: GuestId(Uuid::from_u128(n)),
                name: String::new(),
                contact: String::new(),
                page_url: String::new(),
                page_title: String::new(),
                language: String::new(),
            },
            guest_here: true,
            since: Timestamp(0),
            reason: WaitReason::Arrived,
            unanswered: Vec::new(),
        }
    }

    fn group(id: i64, name: &str, mine: bool) -> DeskGroup {
        DeskGroup {
            id: GroupId(id),
            name: name.into(),
            mine,
        }
    }

    #[test]
    fn a_position_counts_only_the_guests_own_line() {
        let line = Line {
            waiting: vec![waiting(1, 1), waiting(2, 2), waiting(3, 1)],
            total: 3,
        };
        let desk = DeskState {
            line,
            ..DeskState::default()
        };
        let positions = [1, 2, 3, 4].map(|n| desk.position(conversation(n)));
        assert_eq!(positions, [Some(1), Some(1), Some(2), None]);
    }

    #[test]
    fn a_group_is_named_unless_it_is_the_agents_only_one() {
        let mut desk = DeskState {
            groups: vec![group(1, "Sales", true), group(2, "Support", false)],
            ..DeskState::default()
        };
        let name = |desk: &DeskState, id| desk.group_name(GroupId(id));
        assert_eq!(name(&desk, 1), None);
        assert_eq!(name(&desk, 2).as_deref(), Some("Support"), "it overflowed from there");
        desk.groups.push(group(3, "Returns", true));
        assert_eq!(name(&desk, 1).as_deref(), Some("Sales"));
        assert_eq!(name(&desk, 4), None);
        desk.groups.push(group(5, "\u{202e}\u{200b}", true));
        assert_eq!(name(&desk, 5).as_deref(), Some("5"), "nothing of its name can be seen");
    }

    #[test]
    fn a_claim_needs_duty_and_a_free_seat_and_a_server_that_knows_us() {
        let with = |welcomed, duty, used| DeskState {
            welcomed,
            seats: Seats {
                duty,
                seats: 2,
                used,
                away: false,
            },
            ..DeskState::default()
        };
        assert_eq!(with(true, Duty::On, 1).hindrance(), None);
        assert_eq!(with(true, Duty::On, 2).hindrance(), Some(Hindrance::NoFreeSeat));
        assert_eq!(with(true, Duty::Break, 0).hindrance(), Some(Hindrance::NotOnDuty));
        assert_eq!(with(false, Duty::On, 0).hindrance(), Some(Hindrance::Offline));
    }
}
