//! What one call of `handle` has changed so far, to be told as decisions at its end.

use crate::conversation::Conversation;
use domain::{ConversationId, ConversationState, GroupId, MemberId};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// What happened to a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Noted,
    /// It is in another place than when the call began; `was` is `None` if it was nowhere.
    Moved {
        was: Option<ConversationState>,
        from: Option<MemberId>,
    },
}

/// Which of the call's changes is a conversation's. The conversation keeps it, so that finding it costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChangeId(NonZeroU32);

#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) conversation: ConversationId,
    pub(crate) change: Change,
    /// How long the seating lasted that this call has ended for good.
    pub(crate) service_ms: Option<i64>,
}

#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// In the order in which they were first changed.
    pub(crate) conversations: Vec<Changed>,
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
            was: Some(placement.state()),
            from: placement.agent(),
        };
        self.record(conversation, change);
    }

    pub(crate) fn noted(&mut self, conversation: &mut Conversation) {
        self.record(conversation, Change::Noted);
    }

    /// The seating of a conversation that is moving has ended for good.
    pub(crate) fn served(&mut self, conversation: &Conversation, ms: i64) {
        if let Some(changed) = self.of(conversation) {
            changed.service_ms = Some(ms);
        }
    }

    /// A first move stands, since it tells where the conversation was when the call began; a move says all a note does.
    fn record(&mut self, conversation: &mut Conversation, change: Change) {
        if let Some(changed) = self.of(conversation) {
            if changed.change == Change::Noted {
                changed.change = change;
            }
            return;
        }
        self.conversations.push(Changed {
            conversation: conversation.placement.conversation,
            change,
            service_ms: None,
        });
        let count = u32::try_from(self.conversations.len()).ok();
        conversation.change = count.and_then(NonZeroU32::new).map(ChangeId);
    }

    fn of(&mut self, conversation: &Conversation) -> Option<&mut Changed> {
        let place = usize::try_from(conversation.change?.0.get() - 1).ok()?;
        self.conversations.get_mut(place)
    }
}
