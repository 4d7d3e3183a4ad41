//! The open conversations: what is kept in memory of each, and whose it is.

use crate::talk::Talk;
use domain::{ConversationId, GuestId};
use std::collections::HashMap;

/// Exactly those that the dispatcher knows. A guest has at most one.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    talks: HashMap<ConversationId, Talk>,
    of_guests: HashMap<GuestId, ConversationId>,
}

impl Conversations {
    pub(crate) fn add(&mut self, guest: GuestId, conversation: ConversationId, talk: Talk) {
        self.talks.insert(conversation, talk);
        self.of_guests.insert(guest, conversation);
    }

    /// It is over.
    pub(crate) fn remove(&mut self, guest: GuestId, conversation: ConversationId) -> Option<Talk> {
        self.of_guests.remove(&guest);
        self.talks.remove(&conversation)
    }

    /// The guest's.
    pub(crate) fn of(&self, guest: GuestId) -> Option<ConversationId> {
        self.of_guests.get(&guest).copied()
    }

    /// Everybody who has one.
    pub(crate) fn guests(&self) -> impl Iterator<Item = GuestId> {
        self.of_guests.keys().copied()
    }

    pub(crate) fn talk(&self, conversation: ConversationId) -> Option<&Talk> {
        self.talks.get(&conversation)
    }

    pub(crate) fn talk_mut(&mut self, conversation: ConversationId) -> Option<&mut Talk> {
        self.talks.get_mut(&conversation)
    }
}
