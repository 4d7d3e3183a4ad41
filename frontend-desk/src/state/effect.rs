//! What must be done about something that happened.

use super::Alert;
use domain::ConversationId;
use protocol::RejectCode;
use protocol::desk::{DeskFrame, GuestCard};

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
    /// Something happened that the agent may not see; whether it rings is for [`super::Bell`] to say.
    Alert(Alert),
    /// Somebody else has logged in in this browser.
    AskWhoIsLoggedIn,
}

/// What the agent should be told, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tell {
    /// The server did not do what was asked.
    Rejected(RejectCode),
    /// A colleague was quicker.
    Taken { agent: String },
    /// The agent closed the conversation with this guest.
    Closed(GuestCard),
}
