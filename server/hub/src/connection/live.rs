//! The live endpoint: the console's view of the whole room.

use super::session::SessionCheck;
use super::wire::{End, Wire};
use super::{DeskVisitor, Endpoint, check_protocol, end, parse, serve};
use crate::command::Command;
use crate::handle::Hub;
use crate::outbox::{Out, outbox};
use axum::extract::ws::WebSocket;
use protocol::CloseCode;
use protocol::live::{LiveEvent, LiveFrame};

impl Hub {
    /// Serves one live page's socket until it ends.
    pub async fn serve_live(self, socket: WebSocket, visitor: DeskVisitor) {
        let tracker = self.connections().clone();
        tracker.track_future(run(self, socket, visitor)).await;
    }
}

async fn run(hub: Hub, socket: WebSocket, visitor: DeskVisitor) {
    let mut wire = Wire::new(socket);
    let (outbox, mut reader) = outbox();
    let connection = hub.next_connection();
    let why = match hello(&mut wire).await {
        Ok(()) => {
            let (member, session) = (visitor.me.id, visitor.session);
            hub.send(Command::LiveHello {
                connection,
                outbox,
                member,
                session,
            })
            .await;
            let session = SessionCheck::new(&hub, visitor);
            serve(
                &mut wire,
                &mut reader,
                &mut LiveEndpoint {
                    hub: hub.clone(),
                    session,
                },
            )
            .await
        }
        Err(why) => why,
    };
    end(&hub, connection, wire, why).await;
}

async fn hello(wire: &mut Wire) -> Result<(), End> {
    match parse(&wire.hello().await?)? {
        LiveFrame::Hello { protocol } => check_protocol(protocol),
        LiveFrame::Ping => Err(End::Close(CloseCode::Malformed)),
    }
}

struct LiveEndpoint {
    hub: Hub,
    session: SessionCheck,
}

impl Endpoint for LiveEndpoint {
    type Frame = LiveFrame;

    async fn receive(&mut self, wire: &mut Wire, frame: LiveFrame) -> Result<(), End> {
        match frame {
            LiveFrame::Ping => wire.send(&LiveEvent::Pong).await,
            LiveFrame::Hello { .. } => Err(End::Close(CloseCode::Malformed)),
        }
    }

    async fn deliver(&mut self, wire: &mut Wire, out: Out) -> Result<(), End> {
        match out {
            Out::Frame(frame) => wire.send_frame(frame).await,
            // The live page is told of the room, not of what is said in it.
            Out::Message { .. }
            | Out::Ack { .. }
            | Out::Follow { .. }
            | Out::Repeated { .. }
            | Out::Unplaced { .. }
            | Out::Refused { .. } => Ok(()),
        }
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        self.session.check(&self.hub).await
    }
}
