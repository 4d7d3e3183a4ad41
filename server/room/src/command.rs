//! What the room is asked to do, and what it answers. Plain values: sockets, and whoever waits for an answer, are the
//! business of `connection`.

use crate::sent::Past;
use domain::guest::Environment;
use domain::member::Me;
use domain::{
    AgentSpec, ClientMessageId, GroupId, GroupSpec, GuestId, MemberId, Message, MessageText, PageView, Rule, SiteId,
};
use protocol::CloseCode;
use protocol::desk::{DeskConversation, DeskFrame, DeskGroup, Line, Missed, Seats};
use protocol::guest::{GuestConversation, GuestFrame};
use std::net::IpAddr;

/// A connection, for as long as it lasts, or a single request over HTTP. Never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// The SHA-256 of a session token: enough to end the sockets of one session.
pub type SessionHash = [u8; 32];

#[derive(Debug)]
pub enum Command {
    GuestHello(Box<GuestHello>),
    Guest {
        connection: ConnectionId,
        frame: GuestFrame,
    },
    Form(Box<Form>),
    DeskHello(Box<DeskHello>),
    Desk {
        connection: ConnectionId,
        frame: DeskFrame,
    },
    LiveHello {
        connection: ConnectionId,
        member: MemberId,
        session: SessionHash,
    },
    Bye {
        connection: ConnectionId,
    },
    /// A member's seats, groups, name or right to serve changed; `agent` is `None` if they may not serve.
    MemberChanged {
        member: MemberId,
        name: String,
        agent: Option<AgentSpec>,
    },
    GroupChanged {
        group: GroupSpec,
        name: String,
    },
    /// A member has other rules than before: their sockets were let in by those.
    RulesChanged {
        member: MemberId,
        rules: Vec<Rule>,
    },
    /// End the sockets of a member, or of one of their sessions only.
    Disconnect {
        member: MemberId,
        session: Option<SessionHash>,
        code: CloseCode,
    },
}

impl Command {
    /// The connection whose doing it is, once it has said hello.
    pub const fn connection(&self) -> Option<ConnectionId> {
        match self {
            Self::Guest { connection, .. } | Self::Desk { connection, .. } | Self::Bye { connection } => {
                Some(*connection)
            }
            Self::Form(form) => Some(form.connection),
            _ => None,
        }
    }
}

/// A guest introduces itself; its token has been checked.
#[derive(Debug)]
pub struct GuestHello {
    pub connection: ConnectionId,
    pub guest: GuestId,
    /// Not in the store yet.
    pub is_new: bool,
    pub known: KnownGuest,
}

/// What is known of a guest from the store and from their browser.
#[derive(Debug)]
pub struct KnownGuest {
    pub site: SiteId,
    /// The site's default member group.
    pub group: GroupId,
    pub last_agent: Option<MemberId>,
    pub name: String,
    pub contact: String,
    pub page: PageView,
    pub environment: Environment,
    pub user_agent: String,
    pub address: Option<IpAddr>,
}

/// What a guest leaves by form; the token has been checked.
#[derive(Debug)]
pub struct Form {
    /// Its own: nothing else comes by it.
    pub connection: ConnectionId,
    pub guest: GuestId,
    /// Not in the store yet.
    pub is_new: bool,
    pub known: KnownGuest,
    pub message: Option<(ClientMessageId, MessageText)>,
    /// What the guest, who need not be here, has sent before; for the room to find out.
    pub past: Past,
    /// Name, and how to reach the guest.
    pub reach: Option<(String, String)>,
}

/// What became of it, once that is stored.
#[derive(Debug)]
pub struct FormTaken {
    /// The open conversation.
    pub conversation: Option<GuestConversation>,
    pub said: Option<Said>,
}

/// A message that came by form.
#[derive(Debug)]
pub enum Said {
    Now(Message),
    /// The id was used before: it had been handed in already, or another one was.
    Before {
        id: ClientMessageId,
        text: MessageText,
    },
}

/// A desk introduces itself; its session has been checked.
#[derive(Debug)]
pub struct DeskHello {
    pub connection: ConnectionId,
    pub me: Me,
    /// As the store has it now: an account made on the command line may be news to the room.
    pub agent: Option<AgentSpec>,
    pub session: SessionHash,
}

/// What the room knows for a guest's welcome.
#[derive(Debug)]
pub struct GuestWelcome {
    /// The open conversation; if there is none, the store may know a closed one.
    pub conversation: Option<GuestConversation>,
    pub on_duty: bool,
}

/// What the room knows for a desk's welcome.
#[derive(Debug)]
pub struct DeskWelcome {
    pub me: Seats,
    pub groups: Vec<DeskGroup>,
    pub conversations: Vec<DeskConversation>,
    pub line: Line,
    pub missed: Missed,
}
