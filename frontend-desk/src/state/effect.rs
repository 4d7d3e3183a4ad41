//! What must be done about something that happened.

use domain::ConversationId;
use protocol::RejectCode;
use protocol::desk::DeskFrame;

/// Done by the store, which has a socket and a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this, if there is a connection. What must not get lost is sent again after the next welcome.
    Send(DeskFrame),
    /// A message is missing: connect again, which resumes after the last one there is.
    Resync,
    /// Show this conversation.
    Open(ConversationId),
    Tell(Tell),
}

/// What the agent should be told, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// The server did not do what was asked.
    Rejected(RejectCode),
}
