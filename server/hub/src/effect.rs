//! What happens once a batch is stored.

use crate::command::{ConnectionId, DeskWelcome, FormTaken, GuestWelcome, SessionHash};
use crate::outbox::{Out, Outbox};
use crate::visit::Visit;
use domain::{GuestId, MemberId, Rule};
use protocol::CloseCode;
use store::write::Write;
use tokio::sync::oneshot;

/// Writes, and what to do when they are committed. Batches are committed, and their effects carried out, in order.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) writes: Vec<Write>,
    pub(crate) effects: Vec<Effect>,
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.effects.is_empty()
    }

    /// Has what follows happen after this.
    pub(crate) fn append(&mut self, next: &mut Self) {
        self.writes.append(&mut next.writes);
        self.effects.append(&mut next.effects);
    }
}

#[derive(Debug)]
pub(crate) enum Effect {
    /// From here on the connection is told what is published.
    Register {
        connection: ConnectionId,
        outbox: Outbox,
        as_: Registration,
    },
    Unregister {
        connection: ConnectionId,
    },
    /// To every connection of a guest, but for one.
    Guest {
        guest: GuestId,
        except: Option<ConnectionId>,
        out: Out,
    },
    /// To every desk of a member, but for one.
    Desk {
        member: MemberId,
        except: Option<ConnectionId>,
        out: Out,
    },
    /// To everyone who watches the live page.
    Live {
        out: Out,
    },
    One {
        connection: ConnectionId,
        out: Out,
    },
    Close {
        member: MemberId,
        session: Option<SessionHash>,
        code: CloseCode,
    },
    CloseOne {
        connection: ConnectionId,
        code: CloseCode,
    },
    FormTaken {
        reply: oneshot::Sender<FormTaken>,
        taken: FormTaken,
    },
    /// Closes a member's sockets as their rules have it: to come back, or not.
    Judge {
        member: MemberId,
        rules: Vec<Rule>,
    },
    Visit(Box<Visit>),
    Drained {
        done: oneshot::Sender<()>,
    },
}

/// Who a connection belongs to, with the answer to its hello.
#[derive(Debug)]
pub(crate) enum Registration {
    Guest {
        guest: GuestId,
        reply: oneshot::Sender<GuestWelcome>,
        welcome: GuestWelcome,
    },
    Desk {
        member: MemberId,
        session: SessionHash,
        reply: oneshot::Sender<DeskWelcome>,
        welcome: Box<DeskWelcome>,
    },
    Live {
        member: MemberId,
        session: SessionHash,
    },
}
