//! All conversations that dispatch knows, found by id.
//!
//! A table of nothing but addresses stays small with a long line, and it is looked into all over. A conversation knows its
//! own id, and lies beside those that arrived with it, which is nearly the order in which they are seated.

use crate::conversation::Conversation;
use domain::ConversationId;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

#[derive(Debug, Default)]
pub(crate) struct Conversations {
    table: HashTable<Box<Conversation>>,
    hasher: DefaultHashBuilder,
}

impl Conversations {
    pub(crate) fn get(&self, id: ConversationId) -> Option<&Conversation> {
        let found = self.table.find(self.hasher.hash_one(id), has_id(id));
        found.map(Box::as_ref)
    }

    pub(crate) fn get_mut(&mut self, id: ConversationId) -> Option<&mut Conversation> {
        let found = self.table.find_mut(self.hasher.hash_one(id), has_id(id));
        found.map(Box::as_mut)
    }

    /// Its id must be unknown so far.
    pub(crate) fn insert(&mut self, conversation: Conversation) {
        debug_assert!(self.get(conversation.placement.conversation).is_none());
        let hash = |one: &Conversation| self.hasher.hash_one(one.placement.conversation);
        let hashed = hash(&conversation);
        self.table
            .insert_unique(hashed, Box::new(conversation), |other| hash(other));
    }

    pub(crate) fn remove(&mut self, id: ConversationId) {
        if let Ok(known) = self.table.find_entry(self.hasher.hash_one(id), has_id(id)) {
            known.remove();
        }
    }

    /// In no order.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Conversation> {
        self.table.iter_mut().map(Box::as_mut)
    }

    /// In no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Conversation> {
        self.table.iter().map(Box::as_ref)
    }
}

fn has_id(id: ConversationId) -> impl Fn(&Box<Conversation>) -> bool {
    move |one| one.placement.conversation == id
}
