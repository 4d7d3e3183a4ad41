//! Messages said into a conversation of before this start: they wait until the ids of its earlier messages are read, since
//! they may be some of those, sent again.

use super::{Outcome, Room};
use crate::command::Command;
use domain::{ClientMessageId, ConversationId, Seq};

impl Room {
    /// Has what was said wait until the ids of the conversation's earlier messages are read.
    pub(super) fn hold(&mut self, conversation: ConversationId, said: Command) {
        if let Some(talk) = self.talks.get_mut(&conversation)
            && talk.hold(said)
        {
            self.recalls.push(conversation);
        }
    }

    /// Conversations whose ids are to be read from the store, for [`Room::recalled`].
    pub(crate) fn take_recalls(&mut self) -> Vec<ConversationId> {
        std::mem::take(&mut self.recalls)
    }

    /// The ids are read: what waited for them is acted upon, in the order in which it came.
    pub(crate) fn recalled(&mut self, conversation: ConversationId, ids: Vec<(ClientMessageId, Seq)>) -> Outcome {
        if let Some(talk) = self.talks.get_mut(&conversation) {
            self.released.extend(talk.recall(ids));
        }
        self.outcome()
    }

    /// Acts upon what waits no longer.
    pub(super) fn act_on_released(&mut self) {
        for command in std::mem::take(&mut self.released) {
            self.act(command);
        }
    }
}
