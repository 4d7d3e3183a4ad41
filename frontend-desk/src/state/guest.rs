//! The guests of the conversations that the desk knows of: the agent's own, and those in the lists.

use super::DeskState;
use domain::{ConversationId, Timestamp};
use protocol::desk::GuestCard;

/// Whether a guest is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// Not known since when, if they have not been seen since the server started.
    Gone {
        since: Option<Timestamp>,
    },
}

impl DeskState {
    /// The guest of a conversation.
    pub fn guest(&self, id: ConversationId) -> Option<&GuestCard> {
        let mine = self.talks.get(&id).map(|talk| &talk.card.guest);
        let missed = || self.missed_entry(id).map(|entry| &entry.guest);
        let waiting = || self.waiting_entry(id).map(|entry| &entry.guest);
        mine.or_else(missed).or_else(waiting)
    }

    /// Of what is over the desk is told no more.
    pub fn presence(&self, id: ConversationId) -> Option<Presence> {
        let talk = self.talks.get(&id).filter(|talk| talk.ended.is_none());
        let mine = talk.map(|talk| (talk.card.guest_here, talk.card.left_at));
        let missed = || self.missed_entry(id).map(|entry| entry.guest_here);
        let waiting = || self.waiting_entry(id).map(|entry| entry.guest_here);
        let listed = || Some((missed().or_else(waiting)?, None));
        mine.or_else(listed).map(
            |(here, since)| {
                if here { Presence::Here } else { Presence::Gone { since } }
            },
        )
    }
}
