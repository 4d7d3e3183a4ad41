//! What the hub's task is sent: commands for the room, with whom to answer, and what the room need not know of.

use crate::outbox::Outbox;
use room::Measures;
use room::command::{Command, ConnectionId, DeskWelcome, FormTaken, GuestWelcome};
use tokio::sync::oneshot;

#[expect(
    clippy::large_enum_variant,
    reason = "commands are nearly all of them, and a box for each would cost more"
)]
#[derive(Debug)]
pub(crate) enum Request {
    Room {
        command: Command,
        answer: Option<Answer>,
    },
    /// Say what the room is like, for a scrape.
    Measure {
        reply: oneshot::Sender<Measures>,
    },
    /// Publish everything that is stored, close every connection as restarting, and stop.
    Drain {
        done: oneshot::Sender<()>,
    },
}

/// Who is answered once what they asked for is stored, and by which outbox a connection is told what follows.
#[derive(Debug)]
pub(crate) enum Answer {
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
}
