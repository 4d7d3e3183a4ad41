//! What was decided.

use domain::{ConversationId, GroupId, MemberId};

/// One consequence of an event. What is to be stored of a conversation is its [`domain::Placement`] after the event
/// ([`crate::Dispatcher::placement`]); a decision says what changed and so who must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The conversation is in another place, or in another seat, or back in line: its placement says where and why.
    /// At most one for a conversation in one call of [`crate::Dispatcher::handle`].
    Placed {
        conversation: ConversationId,
        /// The agent who held it until now, if that has changed.
        from: Option<MemberId>,
        /// It was missed, waiting, … before; `None` on arrival.
        was: Option<domain::ConversationState>,
        /// How long the seating lasted that ended for good in this call, by a close or because the guest left: what the
        /// estimate is made from.
        service_ms: Option<i64>,
    },
    /// `answered`, `owed_since` or `guest_seen` changed, the place did not.
    Noted { conversation: ConversationId },
    /// The agent's connection was lost (`here` false: the seats are held) or is back.
    AgentPresence { agent: MemberId, here: bool },
    /// The agent's duty, seats, groups, connection or `away` changed, or which conversations they hold; or they are known
    /// no more. Once for an agent in one call.
    Agent { agent: MemberId },
    /// People wait for the group and its last agent on duty left (`staffed` false: they become missed after a grace
    /// period), or somebody came back before that. Nothing is said of a group that nobody waits for.
    Staffing { group: GroupId, staffed: bool },
}
