//! The guest endpoint.

use super::follow::{Followed, failed};
use super::wire::{End, Wire};
use crate::endpoint::{Endpoint, check_protocol, parse};
use crate::gateway::Gateway;
use crate::message_trace;
use crate::meters::Role;
use crate::outbox::{Out, Outbox};
use crate::request::Answer;
use domain::guest::Environment;
use domain::{
    Author, Body, ClientMessageId, ClosedBy, ConversationId, GroupId, GuestId, Message, MessageText, PageView,
    Placement, Seq, SiteId,
};
use identity::Guests;
use protocol::guest::{GuestConversation, GuestEvent, GuestFrame, GuestHello as HelloFrame, GuestPlace, Resume};
use protocol::limits::{HEARTBEAT_MS, HISTORY_PAGE, RESUME_MAX};
use protocol::{CloseCode, PROTOCOL, RejectCode, Rejected};
use room::command::{Command, ConnectionId, GuestHello, GuestWelcome, KnownGuest};
use std::net::IpAddr;
use store::GuestRow;
use store::write::TalkRow;
use tokio::sync::oneshot;

/// Text that one page of earlier messages holds, in bytes, unless a single message is longer. However it is escaped, the
/// frame fits into the write buffer of [`super::bounded`].
const PAGE_BYTES_MAX: usize = 128 * 1024;

/// What is known of a guest before they have said anything; site and origin have been checked.
#[derive(Clone, Debug)]
pub struct GuestVisitor {
    pub site: SiteId,
    /// The site's default member group.
    pub group: GroupId,
    /// As the browser sent it; empty if it sent none.
    pub user_agent: String,
    /// The guest's own address, proxies taken off.
    pub address: Option<IpAddr>,
}

impl GuestVisitor {
    /// With what the store knows of the guest, and what their page says of itself.
    pub(crate) fn known(self, row: Option<GuestRow>, page: PageView, environment: Environment) -> KnownGuest {
        KnownGuest {
            site: self.site,
            group: self.group,
            last_agent: row.as_ref().and_then(|row| row.last_agent),
            name: row.as_ref().map(|row| row.name.clone()).unwrap_or_default(),
            contact: row.map(|row| row.contact).unwrap_or_default(),
            page: page.bounded(),
            environment: environment.bounded(),
            user_agent: self.user_agent,
            address: self.address,
        }
    }
}

/// Finds out who the guest is and has the room take note of them.
async fn introduce(
    gateway: &Gateway,
    connection: ConnectionId,
    outbox: Outbox,
    visitor: GuestVisitor,
    hello: HelloFrame,
) -> Result<(GuestId, GuestWelcome), End> {
    let (token, now) = (hello.token.as_deref(), gateway.clock().wall());
    let known = gateway.guests().known(token, visitor.site, now).await.map_err(failed)?;
    let is_new = known.is_none();
    if is_new && !gateway.guests().admits(visitor.address) {
        return Err(End::Close(CloseCode::TooManyGuests));
    }
    let guest = known.as_ref().map_or_else(Guests::new_id, |row| row.id);
    let (reply, answer) = oneshot::channel();
    let command = GuestHello {
        connection,
        guest,
        is_new,
        known: visitor.known(known, hello.page, hello.environment),
    };
    let reply_to = Answer::Guest {
        connection,
        outbox,
        reply,
    };
    gateway.ask(Command::GuestHello(Box::new(command)), reply_to).await;
    // No answer: the store failed meanwhile, or the hub is shutting down.
    let welcome = answer.await.map_err(|_| End::Close(CloseCode::TryAgain))?;
    Ok((guest, welcome))
}

/// The guest's last conversation where none is open: for its history.
async fn last_conversation(gateway: &Gateway, guest: GuestId) -> Result<Option<GuestConversation>, End> {
    // One that has begun meanwhile is told by the room.
    let latest = gateway.store().closed_conversation_of(guest).await.map_err(failed)?;
    Ok(latest.and_then(|(placement, talk)| closed_view(&placement, &talk)))
}

pub(crate) fn closed_view(placement: &Placement, talk: &TalkRow) -> Option<GuestConversation> {
    // One that was closed because nothing was said in it never was, to the guest.
    let by = placement.closed_by().filter(|by| *by != ClosedBy::NothingSaid)?;
    Some(GuestConversation {
        id: placement.conversation,
        place: GuestPlace::Closed { by },
        last_seq: talk.last_seq,
        guest_read: talk.guest_read,
        agent_read: talk.agent_read,
        agent_delivered: talk.agent_delivered,
        contact_left: !talk.guest_contact.is_empty(),
    })
}

/// Where what a page is sent of a conversation begins: after what it has; or so that there is a page of it, if it has nothing,
/// is far behind, or has more than there is, as after a backup was put back.
fn begins_after(conversation: &GuestConversation, resume: Option<Resume>) -> Seq {
    let last = conversation.last_seq;
    let had = resume
        .filter(|resume| resume.conversation == conversation.id && resume.last_seq <= last)
        .map_or(Seq(0), |resume| resume.last_seq.max(Seq(0)));
    let sent_max = if had > Seq(0) { RESUME_MAX } else { HISTORY_PAGE };
    if last.0 - had.0 <= sent_max.into() {
        had
    } else {
        Seq(last.0 - i64::from(HISTORY_PAGE))
    }
}

/// The last messages that make one frame of bearable size.
fn bearable(mut messages: Vec<Message>) -> Vec<Message> {
    let mut bytes = 0;
    let fits = |message: &&Message| {
        bytes += match &message.body {
            Body::Text { text } => text.len(),
            Body::Notice(_) => 0,
        };
        bytes <= PAGE_BYTES_MAX
    };
    let kept = messages.iter().rev().take_while(fits).count().max(1);
    messages.split_off(messages.len().saturating_sub(kept))
}

pub(super) struct GuestEndpoint {
    gateway: Gateway,
    connection: ConnectionId,
    guest: GuestId,
    followed: Followed,
}

impl Endpoint for GuestEndpoint {
    type Visitor = GuestVisitor;
    type Frame = GuestFrame;

    const ROLE: Role = Role::Guest;

    async fn welcome(
        gateway: &Gateway,
        wire: &mut Wire,
        connection: ConnectionId,
        outbox: Outbox,
        visitor: GuestVisitor,
    ) -> Result<Self, End> {
        let GuestFrame::Hello(hello) = parse(&wire.hello().await?)? else {
            return Err(End::Close(CloseCode::Malformed));
        };
        check_protocol(hello.protocol)?;
        let resume = hello.resume;
        if resume.is_some() {
            gateway.meters().resumed(Role::Guest);
        }
        let site = visitor.site;
        let (guest, welcome) = introduce(gateway, connection, outbox, visitor, hello).await?;
        let conversation = match welcome.conversation {
            Some(open) => Some(open),
            None => last_conversation(gateway, guest).await?,
        };
        let after = conversation.as_ref().map(|one| begins_after(one, resume));
        let last = conversation.as_ref().map(|one| (one.id, one.last_seq));
        let event = GuestEvent::Welcome {
            protocol: PROTOCOL,
            guest,
            token: gateway.guests().sign(guest, site, gateway.clock().wall()),
            heartbeat_ms: HEARTBEAT_MS,
            now: Some(gateway.clock().wall()),
            conversation,
            after: after.unwrap_or_default(),
            on_duty: welcome.on_duty,
        };
        wire.send(&event).await?;
        let mut followed = Followed::new(gateway.store().clone(), connection);
        if let (Some((conversation, last_seq)), Some(after)) = (last, after) {
            followed.begin(conversation, after);
            followed.catch_up(wire, conversation, last_seq).await?;
        }
        Ok(Self {
            gateway: gateway.clone(),
            connection,
            guest,
            followed,
        })
    }

    async fn receive(&mut self, wire: &mut Wire, frame: GuestFrame) -> Result<(), End> {
        let frame = match frame {
            GuestFrame::Ping => {
                let now = Some(self.gateway.clock().wall());
                return wire.send(&GuestEvent::Pong { now }).await;
            }
            GuestFrame::Hello(_) => return Err(End::Close(CloseCode::Malformed)),
            GuestFrame::Earlier { conversation, before } => return self.earlier(wire, conversation, before).await,
            GuestFrame::Page(page) => GuestFrame::Page(page.bounded()),
            frame => frame,
        };
        if let GuestFrame::Send { id, .. } = &frame {
            message_trace::received(self.connection, *id);
        }
        self.gateway
            .send(Command::Guest {
                connection: self.connection,
                frame,
            })
            .await;
        Ok(())
    }

    async fn deliver(&mut self, wire: &mut Wire, out: Out) -> Result<(), End> {
        match out {
            // A guest follows one conversation, which every frame names.
            Out::Frame(frame) | Out::Follow { frame, .. } => wire.send_frame(frame).await,
            Out::Message {
                conversation,
                seq,
                frame,
            } => self.followed.message(wire, conversation, seq, frame).await,
            Out::Ack {
                conversation,
                seq,
                frame,
            } => self.followed.acknowledge(wire, conversation, seq, frame).await,
            // What is rare has a state of its own, so that the one made for every delivery stays small.
            Out::Repeated { id, text, at } => Box::pin(self.repeated(wire, id, &text, at)).await,
            // Only desks are refused.
            Out::Refused {
                id, conversation, code, ..
            } => {
                let rejected = Rejected::new(code).about(id).within(conversation);
                wire.send(&GuestEvent::Rejected(rejected)).await
            }
        }
    }
}

impl GuestEndpoint {
    /// Earlier messages of one of the guest's conversations.
    async fn earlier(&self, wire: &mut Wire, conversation: ConversationId, before: Seq) -> Result<(), End> {
        let store = self.gateway.store();
        if !self.followed.has(conversation) && !self.has_had(conversation).await? {
            let rejected = Rejected::new(RejectCode::NoConversation).within(conversation);
            return wire.send(&GuestEvent::Rejected(rejected)).await;
        }
        let found = store.messages_before(conversation, Some(before), HISTORY_PAGE).await;
        let messages = bearable(found.map_err(failed)?);
        let event = GuestEvent::Earlier {
            conversation,
            before,
            more: messages.first().is_some_and(|first| first.seq > Seq(1)),
            messages,
        };
        wire.send(&event).await
    }

    /// Whether a conversation is one of the guest's.
    async fn has_had(&self, conversation: ConversationId) -> Result<bool, End> {
        let placement = self.gateway.store().placement(conversation).await.map_err(failed)?;
        Ok(placement.is_some_and(|placement| placement.guest == self.guest))
    }

    /// A message whose id is taken: acknowledged once more, unless it says something else now or is not the guest's.
    async fn repeated(
        &self,
        wire: &mut Wire,
        id: ClientMessageId,
        text: &MessageText,
        at: Option<(ConversationId, Seq)>,
    ) -> Result<(), End> {
        let store = self.gateway.store();
        let said = match at {
            Some((conversation, seq)) => store.message_at(conversation, seq).await,
            None => store.guest_message(self.guest, id).await,
        };
        match said.map_err(failed)? {
            Some(said) if said.from == Author::Guest => wire.send(&answer_again(id, text, &said)).await,
            // An agent's page made the same id.
            _ => wire.send(&reused(id)).await,
        }
    }
}

/// Acknowledges once more what the guest said under that id, unless it says something else now.
pub(crate) fn answer_again(id: ClientMessageId, text: &MessageText, said: &Message) -> GuestEvent {
    if !says(said, text) {
        return reused(id);
    }
    GuestEvent::Ack {
        id,
        conversation: said.conversation,
        seq: said.seq,
        at: said.at,
    }
}

fn reused(id: ClientMessageId) -> GuestEvent {
    GuestEvent::Rejected(Rejected::new(RejectCode::IdReused).about(id))
}

/// Whether a stored message says just that.
pub(super) fn says(message: &Message, text: &MessageText) -> bool {
    matches!(&message.body, Body::Text { text: stored } if stored == text.as_str())
}
