//! What the address says: which conversation is open.

use domain::ConversationId;
use uuid::Uuid;

/// Where the desk lives on its host.
pub(crate) const BASE: &str = "/desk";

/// The address of a conversation.
pub(crate) fn of(conversation: ConversationId) -> String {
    format!("{BASE}/c/{conversation}")
}

/// The conversation that a path names, if any.
pub(crate) fn open(path: &str) -> Option<ConversationId> {
    let id = path.strip_prefix(BASE)?.strip_prefix("/c/")?;
    Uuid::parse_str(id.trim_end_matches('/')).ok().map(ConversationId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_conversation() {
        let conversation = ConversationId(Uuid::from_u128(42));
        assert_eq!(open(&of(conversation)), Some(conversation));
        assert_eq!(open("/desk"), None);
        assert_eq!(open("/desk/c/nonsense"), None);
        assert_eq!(open("/admin/c/00000000-0000-0000-0000-00000000002a"), None);
    }
}
