//! What a connection wants of the room, and how it is answered.

use crate::outbox::Outbox;
use room::command::{Command, ConnectionId, DeskWelcome, FormTaken, GuestWelcome};
use tokio::sync::oneshot;

/// A command for the room, and who waits for what it says to that.
#[derive(Debug)]
pub struct Request {
    pub command: Command,
    pub answer: Option<Answer>,
}

/// Who is answered once what they asked for is stored, and by which outbox a connection is told what follows.
#[derive(Debug)]
pub enum Answer {
    Guest {
        connection: ConnectionId,
        outbox: Outbox,
        reply: oneshot::Sender<GuestWelcome>,
    },
    Desk {
        connection: ConnectionId,
        outbox: Outbox,
        reply: oneshot::Sender<DeskWelcome>,
    },
    Live {
        connection: ConnectionId,
        outbox: Outbox,
    },
    Form {
        connection: ConnectionId,
        reply: oneshot::Sender<FormTaken>,
    },
}

impl Answer {
    pub(crate) const fn connection(&self) -> ConnectionId {
        match self {
            Self::Guest { connection, .. }
            | Self::Desk { connection, .. }
            | Self::Live { connection, .. }
            | Self::Form { connection, .. } => *connection,
        }
    }

    /// Nobody waits for it any more.
    pub(crate) fn is_given_up(&self) -> bool {
        match self {
            Self::Guest { reply, .. } => reply.is_closed(),
            Self::Desk { reply, .. } => reply.is_closed(),
            Self::Form { reply, .. } => reply.is_closed(),
            Self::Live { .. } => false,
        }
    }
}
