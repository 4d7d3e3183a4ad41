//! What a member wrote and has not sent, kept on this computer for each conversation.

use app::ui::kept::{Kept, use_kept};
use domain::ConversationId;

/// The member's draft in one conversation.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    kept: Kept,
    conversation: ConversationId,
}

impl Draft {
    pub(super) fn of(conversation: ConversationId) -> Self {
        Self {
            kept: use_kept(),
            conversation,
        }
    }

    fn name(self) -> String {
        format!("draft.{}", self.conversation)
    }

    pub(super) fn text(self) -> String {
        self.kept.get(&self.name()).unwrap_or_default()
    }

    pub(super) fn keep(self, text: &str) {
        self.kept.put(&self.name(), text);
    }

    pub(super) fn forget(self) {
        self.keep("");
    }
}
