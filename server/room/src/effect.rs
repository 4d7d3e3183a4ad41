//! What happens once a batch is stored. Plain values: what becomes of them on a socket is the business of
//! `connection::Registry`.

use crate::command::{ConnectionId, DeskWelcome, FormTaken, GuestWelcome, SessionHash};
use crate::visit::Visit;
use domain::write::Write;
use domain::{ClientMessageId, ConversationId, GuestId, MemberId, MessageText, Rule, Seq};
use protocol::desk::DeskEvent;
use protocol::guest::GuestEvent;
use protocol::live::LiveEvent;
use protocol::{CloseCode, RejectCode};

/// Writes, and what to do when they are committed. Batches are committed, and their effects carried out, in order.
#[derive(Debug, Default)]
pub struct Batch {
    pub writes: Vec<Write>,
    pub effects: Vec<Effect>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.effects.is_empty()
    }

    /// Has what follows happen after this.
    pub fn append(&mut self, next: &mut Self) {
        self.writes.append(&mut next.writes);
        self.effects.append(&mut next.effects);
    }
}

#[derive(Debug)]
pub enum Effect {
    /// The answer to a guest's hello. From here on the connection is told what is published.
    WelcomeGuest {
        connection: ConnectionId,
        guest: GuestId,
        welcome: GuestWelcome,
    },
    /// The answer to a desk's.
    WelcomeDesk {
        connection: ConnectionId,
        member: MemberId,
        session: SessionHash,
        welcome: Box<DeskWelcome>,
    },
    /// The answer to a live page's.
    WelcomeLive {
        connection: ConnectionId,
        member: MemberId,
        session: SessionHash,
    },
    /// The answer to a form.
    FormTaken {
        connection: ConnectionId,
        taken: FormTaken,
    },
    Unregister {
        connection: ConnectionId,
    },
    Tell {
        to: Audience,
        /// But not to this one.
        except: Option<ConnectionId>,
        event: Event,
    },
    /// A guest's message whose id is taken: by the message `at` that place, or by one of an earlier conversation. Acknowledged
    /// once more if that is the guest's and says the same, else rejected.
    Repeated {
        connection: ConnectionId,
        id: ClientMessageId,
        text: MessageText,
        at: Option<(ConversationId, Seq)>,
    },
    /// A message that an agent may not send, or not any more: acknowledged if it is stored as theirs, at `seq` if that is
    /// known, else rejected.
    Refused {
        connection: ConnectionId,
        seq: Option<Seq>,
        id: ClientMessageId,
        text: MessageText,
        conversation: ConversationId,
        code: RejectCode,
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
    /// Closes a member's sockets as their rules have it: to come back, or not.
    Judge {
        member: MemberId,
        rules: Vec<Rule>,
    },
    Visit(Box<Visit>),
}

/// Who is told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    One(ConnectionId),
    /// Every page of a guest.
    Guest(GuestId),
    /// Every desk of these members.
    Desks(Vec<MemberId>),
    /// Every desk of a member.
    Desk(MemberId),
    /// Both sides of a conversation: every page of its guest, and every desk of the agent who holds it.
    Both {
        guest: GuestId,
        agent: Option<MemberId>,
    },
    /// Everyone who watches the live page.
    Live,
}

/// What they are told, as the protocol has it. What guests and desks are told alike is a guest's event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Guest(GuestEvent),
    Desk(Box<DeskEvent>),
    Live(Box<LiveEvent>),
}

impl From<GuestEvent> for Event {
    fn from(event: GuestEvent) -> Self {
        Self::Guest(event)
    }
}

impl From<DeskEvent> for Event {
    fn from(event: DeskEvent) -> Self {
        Self::Desk(Box::new(event))
    }
}

impl From<LiveEvent> for Event {
    fn from(event: LiveEvent) -> Self {
        Self::Live(Box::new(event))
    }
}
