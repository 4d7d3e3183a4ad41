//! The live endpoint: the console's view of the whole room.

use super::session::SessionWatch;
use super::wire::{End, Wire};
use crate::DeskVisitor;
use crate::endpoint::{Endpoint, check_protocol, parse};
use crate::gateway::Gateway;
use crate::meters::Role;
use crate::outbox::{Out, Outbox};
use crate::request::Answer;
use domain::Rule;
use protocol::CloseCode;
use protocol::live::{LiveEvent, LiveFrame};
use room::command::{Command, ConnectionId};

pub(super) struct LiveEndpoint {
    gateway: Gateway,
    _session: SessionWatch,
}

impl Endpoint for LiveEndpoint {
    type Visitor = DeskVisitor;
    type Frame = LiveFrame;

    const ROLE: Role = Role::Live;

    async fn welcome(
        gateway: &Gateway,
        wire: &mut Wire,
        connection: ConnectionId,
        outbox: Outbox,
        visitor: DeskVisitor,
    ) -> Result<Self, End> {
        match parse(&wire.hello().await?)? {
            LiveFrame::Hello { protocol } => check_protocol(protocol)?,
            LiveFrame::Ping => return Err(End::Close(CloseCode::Malformed)),
        }
        let (member, session) = (visitor.me.id, visitor.session);
        let closer = outbox.closer();
        let hello = Command::LiveHello {
            connection,
            member,
            session,
        };
        gateway.ask(hello, Answer::Live { connection, outbox }).await;
        let watch = SessionWatch::begin(gateway, &visitor, Rule::LiveView, closer).await?;
        Ok(Self {
            gateway: gateway.clone(),
            _session: watch,
        })
    }

    async fn receive(&mut self, wire: &mut Wire, frame: LiveFrame) -> Result<(), End> {
        match frame {
            LiveFrame::Ping => {
                let now = Some(self.gateway.clock().wall());
                wire.send(&LiveEvent::Pong { now }).await
            }
            LiveFrame::Hello { .. } => Err(End::Close(CloseCode::Malformed)),
        }
    }

    async fn deliver(&mut self, wire: &mut Wire, out: Out) -> Result<(), End> {
        match out {
            Out::Frame(frame) => wire.send_frame(frame).await,
            // The live page is told of the room, not of what is said in it.
            Out::Message { .. } | Out::Ack { .. } | Out::Follow { .. } | Out::Repeated { .. } | Out::Refused { .. } => {
                Ok(())
            }
        }
    }
}
