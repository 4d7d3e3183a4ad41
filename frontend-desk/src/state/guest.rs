//! The guests of the conversations that the desk knows of: the agent's own, those in the lists, and one that was looked up.

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
        let looked_up = || {
            self.looked_up
                .as_ref()
                .filter(|(found, _)| *found == id)
                .map(|(_, guest)| guest)
        };
        mine.or_else(missed).or_else(waiting).or_else(looked_up)
    }

    /// In the line or the missed queue.
    pub fn is_listed(&self, id: ConversationId) -> bool {
        self.missed_entry(id).is_some() || self.waiting_entry(id).is_some()
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
