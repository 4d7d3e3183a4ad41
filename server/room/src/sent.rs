//! Which ids have been used for messages. The one guard against storing a message twice: the database has none.
//!
//! The ids of before are in the store, and are read once somebody says something (see [`super::recall`]): a start should neither
//! wait for them nor hold them all in memory, and most who come say nothing.

use domain::{ClientMessageId, Seq};
use std::collections::{HashMap, HashSet};

/// The ids of all messages of one conversation, and where each is.
#[derive(Debug, Default)]
pub(super) struct Sent {
    ids: HashMap<ClientMessageId, Seq>,
    /// Those of before are there, or there are none.
    is_whole: bool,
}

impl Sent {
    /// There is nothing before it.
    pub(super) fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Where the message of this id is, if it is there.
    pub(super) fn seq_of(&self, id: ClientMessageId) -> Option<Seq> {
        self.ids.get(&id).copied()
    }

    pub(super) fn note(&mut self, id: ClientMessageId, seq: Seq) {
        self.ids.insert(id, seq);
    }

    /// What the store has.
    pub(super) fn recall(&mut self, ids: Vec<(ClientMessageId, Seq)>) {
        self.ids.extend(ids);
        self.is_whole = true;
    }
}

/// The ids of a guest's messages in conversations that are over, while the guest is here or a form of theirs is.
#[derive(Debug, Default)]
pub struct Past {
    ids: HashSet<ClientMessageId>,
    is_whole: bool,
}

impl Past {
    /// That of a guest who was never here before.
    pub(super) fn none() -> Self {
        Self {
            is_whole: true,
            ..Self::default()
        }
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.is_whole
    }

    pub(super) fn has(&self, id: ClientMessageId) -> bool {
        self.ids.contains(&id)
    }

    /// A conversation is over. What it has of before this start is still to be read, if nobody has said anything in it.
    pub(super) fn add(&mut self, over: Sent) {
        self.ids.extend(over.ids.into_keys());
        self.is_whole &= over.is_whole;
    }

    /// What the store has.
    pub(super) fn recall(&mut self, ids: Vec<ClientMessageId>) {
        self.ids.extend(ids);
        self.is_whole = true;
    }
}
