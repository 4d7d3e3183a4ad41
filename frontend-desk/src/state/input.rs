//! What can happen to the desk.

use app::api::conversation::HistoryPage;
use domain::{ClientMessageId, ConversationId};
use protocol::desk::{DeskEvent, GuestCard};

/// Something that happened, on the socket or under the agent's hands.
#[derive(Clone, Debug)]
pub enum Input {
    /// The server said something.
    Server(DeskEvent),
    /// The agent sent a message; `id` is new.
    Wrote {
        conversation: ConversationId,
        id: ClientMessageId,
        text: String,
    },
    /// The agent wants a message that failed to be sent again. `fresh` is a new id, used if the old one is spoilt.
    Retried {
        id: ClientMessageId,
        fresh: ClientMessageId,
    },
    /// The agent gives up a message that failed.
    Discarded { id: ClientMessageId },
    /// The connection was lost.
    Lost,
    /// Another conversation, or none, is in the middle pane.
    Opened(Option<ConversationId>),
    /// The page came to the front or went away from it.
    Visible(bool),
    /// The end of the open conversation came into sight or went out of it.
    AtEnd(bool),
    /// A page of earlier messages arrived.
    Earlier {
        conversation: ConversationId,
        page: HistoryPage,
    },
    /// The agent wants a conversation out of the missed queue.
    Claimed { conversation: ConversationId },
    /// The address names a conversation that the lists do not have; this is its guest.
    LookedUp {
        conversation: ConversationId,
        guest: GuestCard,
    },
    /// It is time to tell what was received and read. Bundled, so that a hundred messages cost two frames.
    MarksDue,
}
