//! The desk endpoint.

use super::follow::{Followed, failed};
use super::guest::says;
use super::session::{DeskVisitor, SessionWatch};
use super::wire::{End, Wire};
use crate::endpoint::{Endpoint, check_protocol, parse};
use crate::gateway::Gateway;
use crate::message_trace;
use crate::meters::Role;
use crate::outbox::{Out, Outbox};
use crate::request::Answer;
use domain::{AgentSpec, Author, ClientMessageId, ConversationId, GroupId, MemberId, Message, MessageText, Rule, Seq};
use protocol::desk::{DeskConversation, DeskEvent, DeskFrame};
use protocol::guest::Resume;
use protocol::limits::{HEARTBEAT_MS, RESUME_MAX};
use protocol::{CloseCode, PROTOCOL, RejectCode, Rejected};
use room::command::{Command, ConnectionId, DeskHello};
use tokio::sync::oneshot;

fn begin(followed: &mut Followed, conversations: &[DeskConversation], resume: &[Resume]) {
    for one in conversations {
        // Who has more than there is, as after a backup was put back, has nothing of it.
        let had = resume
            .iter()
            .find(|resume| resume.conversation == one.id && resume.last_seq <= one.last_seq)
            .map_or(Seq(0), |resume| resume.last_seq);
        followed.begin(one.id, had.max(latest(one.last_seq)));
    }
}

/// Where the messages begin that a desk is sent without asking; earlier ones it asks for over HTTP.
fn latest(last: Seq) -> Seq {
    Seq(last.0.saturating_sub(RESUME_MAX.into()).max(0))
}

pub(super) struct DeskEndpoint {
    gateway: Gateway,
    connection: ConnectionId,
    member: MemberId,
    followed: Followed,
    _session: SessionWatch,
}

/// What an administrator decides of an agent.
fn serves_as(agent: Option<&AgentSpec>) -> Option<(u32, &[GroupId])> {
    agent.map(|agent| (agent.seats, agent.groups.as_slice()))
}

impl Endpoint for DeskEndpoint {
    type Visitor = DeskVisitor;
    type Frame = DeskFrame;

    const ROLE: Role = Role::Desk;

    async fn welcome(
        gateway: &Gateway,
        wire: &mut Wire,
        connection: ConnectionId,
        outbox: Outbox,
        visitor: DeskVisitor,
    ) -> Result<Self, End> {
        let DeskFrame::Hello { protocol, resume } = parse(&wire.hello().await?)? else {
            return Err(End::Close(CloseCode::Malformed));
        };
        check_protocol(protocol)?;
        if !resume.is_empty() {
            gateway.meters().resumed(Role::Desk);
        }
        let (reply, answer) = oneshot::channel();
        let (me, closer) = (visitor.me.clone(), outbox.closer());
        let agent = gateway.store().agent(me.id).await.map_err(failed)?;
        let hello = DeskHello {
            connection,
            agent: agent.clone(),
            me: me.clone(),
            session: visitor.session,
        };
        let reply_to = Answer::Desk {
            connection,
            outbox,
            reply,
        };
        gateway.ask(Command::DeskHello(Box::new(hello)), reply_to).await;
        let welcome = answer.await.map_err(|_| End::Close(CloseCode::TryAgain))?;
        let watch = SessionWatch::begin(gateway, &visitor, Rule::ConversationServe, closer).await;
        // What the hello said of the agent may be older than a change that reached the room before it.
        let known = gateway.store().agent(me.id).await.map_err(failed)?;
        if serves_as(known.as_ref()) != serves_as(agent.as_ref()) {
            gateway.member_changed(me.id).await.map_err(failed)?;
        }
        let watch = watch?;
        let mut followed = Followed::new(gateway.store().clone(), connection);
        let last: Vec<_> = welcome.conversations.iter().map(|one| (one.id, one.last_seq)).collect();
        begin(&mut followed, &welcome.conversations, &resume);
        let event = DeskEvent::Welcome {
            protocol: PROTOCOL,
            heartbeat_ms: HEARTBEAT_MS,
            now: Some(gateway.clock().wall()),
            member: me.clone(),
            me: welcome.me,
            groups: welcome.groups,
            conversations: welcome.conversations,
            line: welcome.line,
            missed: welcome.missed,
        };
        wire.send(&event).await?;
        for (conversation, last_seq) in last {
            followed.catch_up(wire, conversation, last_seq).await?;
        }
        Ok(Self {
            gateway: gateway.clone(),
            connection,
            member: me.id,
            followed,
            _session: watch,
        })
    }

    async fn receive(&mut self, wire: &mut Wire, frame: DeskFrame) -> Result<(), End> {
        match frame {
            DeskFrame::Ping => {
                let now = Some(self.gateway.clock().wall());
                wire.send(&DeskEvent::Pong { now }).await
            }
            DeskFrame::Hello { .. } => Err(End::Close(CloseCode::Malformed)),
            frame => {
                let connection = self.connection;
                if let DeskFrame::Send { id, .. } = &frame {
                    message_trace::received(connection, *id);
                }
                self.gateway.send(Command::Desk { connection, frame }).await;
                Ok(())
            }
        }
    }

    async fn deliver(&mut self, wire: &mut Wire, out: Out) -> Result<(), End> {
        match out {
            Out::Frame(frame) => wire.send_frame(frame).await,
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
            Out::Follow {
                conversation,
                last_seq,
                frame,
            } => {
                wire.send_frame(frame).await?;
                self.followed.begin(conversation, latest(last_seq));
                self.followed.catch_up(wire, conversation, last_seq).await
            }
            Out::Refused {
                seq,
                id,
                text,
                conversation,
                code,
            } => self.refused(wire, (id, seq), text, conversation, code).await,
            // Only guests are not bound to name their conversation.
            Out::Repeated { .. } => Ok(()),
        }
    }
}

impl DeskEndpoint {
    /// A message the agent may not send; unless they said it before, when they still might.
    async fn refused(
        &self,
        wire: &mut Wire,
        (id, seq): (ClientMessageId, Option<Seq>),
        text: MessageText,
        conversation: ConversationId,
        code: RejectCode,
    ) -> Result<(), End> {
        let store = self.gateway.store();
        let said = match seq {
            Some(seq) => store.message_at(conversation, seq).await,
            None => store.message_by_id(conversation, id).await,
        };
        let code = match said.map_err(failed)? {
            // Whatever somebody else said under that id.
            Some(message) if !self.wrote(&message) => code,
            Some(message) if says(&message, &text) => {
                let ack = DeskEvent::Ack {
                    id,
                    conversation,
                    seq: message.seq,
                    at: message.at,
                };
                return wire.send(&ack).await;
            }
            Some(_) => RejectCode::IdReused,
            None => code,
        };
        let rejected = Rejected::new(code).about(id).within(conversation);
        wire.send(&DeskEvent::Rejected(rejected)).await
    }

    fn wrote(&self, message: &Message) -> bool {
        matches!(&message.from, Author::Agent { id, .. } if *id == self.member)
    }
}
