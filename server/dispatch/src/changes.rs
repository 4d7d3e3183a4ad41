//! What one call of `handle` has changed so far, to be told as decisions at its end.

use crate::conversation::Conversation;
use domain::{ConversationId, ConversationState, GroupId, MemberId};
use std::collections::BTreeMap;

/// What happened to a conversation. Kept in the conversation, so that finding it costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Noted,
    /// It is in another place than when the call began; `was` is `None` if it was nowhere.
    Moved {
        was: Option<ConversationState>,
        from: Option<MemberId>,
    },
}

#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// In the order in which they were first changed.
    pub(crate) conversations: Vec<ConversationId>,
    pub(crate) presence: Option<(MemberId, bool)>,
    /// Whether the line of the group was closing when the call began.
    pub(crate) was_closing: BTreeMap<GroupId, bool>,
}

impl Changes {
    pub(crate) fn arrived(&mut self, conversation: &mut Conversation) {
        self.record(conversation, Change::Moved { was: None, from: None });
    }

    /// To be called before the conversation leaves its place.
    pub(crate) fn moving(&mut self, conversation: &mut Conversation) {
        let placement = &conversation.placement;
        let change = Change::Moved {
            was: Some(placement.state),
            from: placement.agent,
        };
        self.record(conversation, change);
    }

    pub(crate) fn noted(&mut self, conversation: &mut Conversation) {
        self.record(conversation, Change::Noted);
    }

    /// A first move stands, since it tells where the conversation was when the call began; a move says all a note does.
    fn record(&mut self, conversation: &mut Conversation, change: Change) {
        match conversation.change {
            None => self.conversations.push(conversation.placement.conversation),
            Some(Change::Noted) => {}
            Some(Change::Moved { .. }) => return,
        }
        conversation.change = Some(change);
    }
}
