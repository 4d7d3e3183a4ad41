//! What the address says: which page of the desk, and which conversation is open.

use domain::ConversationId;
use uuid::Uuid;

/// Where the desk lives on its host; the inbox.
pub(crate) const BASE: &str = "/desk";
/// The missed queue as a page of its own.
pub(crate) const MISSED: &str = "/desk/missed";

/// What the middle of the desk shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// The lists, and nothing chosen from them.
    #[default]
    Inbox,
    Conversation(ConversationId),
    Missed,
}

impl Place {
    /// The place that a path names. What is not understood leads to the inbox.
    pub(crate) fn of(path: &str) -> Self {
        let Some(rest) = path.strip_prefix(BASE).map(|rest| rest.trim_end_matches('/')) else {
            return Self::Inbox;
        };
        let conversation = rest.strip_prefix("/c/").and_then(|id| Uuid::parse_str(id).ok());
        match conversation {
            Some(id) => Self::Conversation(ConversationId(id)),
            None if rest == "/missed" => Self::Missed,
            None => Self::Inbox,
        }
    }

    pub(crate) const fn conversation(self) -> Option<ConversationId> {
        match self {
            Self::Conversation(conversation) => Some(conversation),
            Self::Inbox | Self::Missed => None,
        }
    }
}

/// The address of a conversation.
pub(crate) fn of(conversation: ConversationId) -> String {
    format!("{BASE}/c/{conversation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_place() {
        let conversation = ConversationId(Uuid::from_u128(42));
        assert_eq!(Place::of(&of(conversation)), Place::Conversation(conversation));
        assert_eq!(Place::of(&(of(conversation) + "/")), Place::Conversation(conversation));
        assert_eq!(Place::of(MISSED), Place::Missed);
        assert_eq!(Place::of(BASE), Place::Inbox);
    }

    #[test]
    fn what_is_not_understood_leads_to_the_inbox() {
        assert_eq!(Place::of("/desk/c/nonsense"), Place::Inbox);
        assert_eq!(Place::of("/desk/missed/more"), Place::Inbox);
        assert_eq!(Place::of("/admin/c/00000000-0000-0000-0000-00000000002a"), Place::Inbox);
    }
}
