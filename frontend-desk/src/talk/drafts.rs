//! What was written and not sent, kept on this computer for each conversation.

use app::ui::browser;
use domain::ConversationId;

fn key(conversation: ConversationId) -> String {
    format!("seatline.draft.{conversation}")
}

pub(super) fn of(conversation: ConversationId) -> String {
    browser::stored(&key(conversation)).unwrap_or_default()
}

pub(super) fn keep(conversation: ConversationId, text: &str) {
    browser::store(&key(conversation), text);
}

pub(super) fn forget(conversation: ConversationId) {
    keep(conversation, "");
}
