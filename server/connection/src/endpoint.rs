//! One task for each connection.
//!
//! A task reads frames, bounds them, parses them and hands them to the room; and sends what its outbox holds. It keeps
//! track of the last `seq` it has sent of each conversation: what comes twice is left out, what is missing is read from
//! the store first. So every receiver gets every message once and in order, whatever happens on the way here.

use crate::desk::DeskEndpoint;
use crate::gateway::Gateway;
use crate::guest::GuestEndpoint;
use crate::live::LiveEndpoint;
use crate::meters::{Meters, Role};
use crate::outbox::{Out, Outbox, OutboxReader, outbox};
use crate::wire::{End, PARTING_PATIENCE, Wire};
use crate::{DeskVisitor, GuestVisitor};
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use protocol::limits::{FRAME_BYTES_MAX, HEARTBEAT_MS};
use protocol::{CloseCode, PROTOCOL};
use room::command::{Command, ConnectionId};
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval_at, timeout};

/// What is read at once from a socket; kept for as long as it is open. Frames are small, connections many.
const READ_BUFFER_BYTES: usize = 2 * 1024;

/// What may be queued for a socket before it is written without waiting for more.
const WRITE_BUFFER_BYTES: usize = 4 * 1024;

/// Frames up to this size are read to their end, so that the close code of one that is too large reaches its sender.
const READ_BYTES_MAX: usize = 4 * FRAME_BYTES_MAX;

/// Bounds a socket before it is opened.
pub fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(2 * READ_BYTES_MAX)
        .max_frame_size(READ_BYTES_MAX)
        .max_message_size(READ_BYTES_MAX)
}

impl Gateway {
    /// Serves one guest's socket until it ends.
    pub fn serve_guest(self, socket: WebSocket, visitor: GuestVisitor) -> impl Future<Output = ()> {
        let tracker = self.open().clone();
        tracker.track_future(run::<GuestEndpoint>(self, socket, visitor))
    }

    /// Serves one desk's socket until it ends.
    pub fn serve_desk(self, socket: WebSocket, visitor: DeskVisitor) -> impl Future<Output = ()> {
        let tracker = self.open().clone();
        tracker.track_future(run::<DeskEndpoint>(self, socket, visitor))
    }

    /// Serves one live page's socket until it ends.
    pub fn serve_live(self, socket: WebSocket, visitor: DeskVisitor) -> impl Future<Output = ()> {
        let tracker = self.open().clone();
        tracker.track_future(run::<LiveEndpoint>(self, socket, visitor))
    }
}

/// What differs between the endpoints.
pub(crate) trait Endpoint: Sized {
    /// What is known of the client before it says hello.
    type Visitor;

    /// What the client sends.
    type Frame: DeserializeOwned;

    /// As what its sockets are counted.
    const ROLE: Role;

    /// From the client's hello to the last message it has missed.
    async fn welcome(
        gateway: &Gateway,
        wire: &mut Wire,
        connection: ConnectionId,
        outbox: Outbox,
        visitor: Self::Visitor,
    ) -> Result<Self, End>;

    /// Acts on a frame of the client.
    async fn receive(&mut self, wire: &mut Wire, frame: Self::Frame) -> Result<(), End>;

    /// Queues what the outbox held; whoever calls flushes.
    async fn deliver(&mut self, wire: &mut Wire, out: Out) -> Result<(), End>;
}

/// A connection from its hello to its close frame, if the peer is still there to read it.
///
/// Its state is what a quiet connection costs, for hours. So what takes much of it for a moment (greeting, acting on a
/// frame, saying goodbye) has a state of its own that is given back, for the price of one allocation a turn; and the wire
/// is made before the state begins, which would else keep room for the socket beside it.
fn run<E: Endpoint>(gateway: Gateway, socket: WebSocket, visitor: E::Visitor) -> impl Future<Output = ()> {
    let mut wire = Wire::new(socket, gateway.limits());
    async move {
        let (outbox, mut reader) = outbox();
        let connection = gateway.next_connection();
        let _counted = gateway.meters().connected(E::ROLE);
        let end = match Box::pin(E::welcome(&gateway, &mut wire, connection, outbox, visitor)).await {
            Ok(mut endpoint) => {
                let end = serve(gateway.meters(), &mut wire, &mut reader, &mut endpoint).await;
                Box::pin(gateway.send(Command::Bye { connection })).await;
                if end.is_earned() {
                    Box::pin(part(&mut wire, &mut reader, &mut endpoint)).await;
                }
                end
            }
            Err(end) => {
                Box::pin(gateway.send(Command::Bye { connection })).await;
                end
            }
        };
        if let End::Close(code) = end {
            gateway.meters().closed(code);
            tokio::select! {
                () = Box::pin(wire.close(code)) => {}
                // A hub that stops does not wait for who reads nothing.
                () = gateway.stopped(), if code == CloseCode::TooSlow => {}
            }
        }
    }
}

/// Serves a welcomed connection until it ends, and says why.
async fn serve<E: Endpoint>(meters: &Meters, wire: &mut Wire, outbox: &mut OutboxReader, endpoint: &mut E) -> End {
    let period = Duration::from_millis(HEARTBEAT_MS.into());
    let mut heartbeat = interval_at(tokio::time::Instant::now() + period, period);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let closed = outbox.closed();
    tokio::pin!(closed);
    loop {
        let turn = async {
            // First what was queued in the turn before, in one write.
            wire.flush().await?;
            tokio::select! {
                biased;
                out = outbox.next() => match out {
                    Ok(out) => Box::pin(deliver_all(wire, outbox, endpoint, out)).await,
                    Err(code) => Err(End::Close(code)),
                },
                text = wire.next_text() => match parse(&text?) {
                    Ok(frame) => Box::pin(endpoint.receive(wire, frame)).await,
                    Err(end) => Err(end),
                },
                _ = heartbeat.tick() => wire.heartbeat().await,
            }
        };
        // A client that does not read blocks its turn; the hub's wish to close it ends that too.
        let result = tokio::select! {
            biased;
            code = &mut closed => {
                // The hub's own wish: a peer that is too slow for the socket itself is found out by its wire.
                if code == CloseCode::TooSlow {
                    meters.outbox_overflowed();
                }
                Err(End::Close(code))
            }
            result = turn => result,
        };
        if let Err(end) = result {
            return end;
        }
    }
}

/// What a client sent before it earned its close code is done, and it is told so first: until the hub lets go of the outbox.
async fn part<E: Endpoint>(wire: &mut Wire, outbox: &mut OutboxReader, endpoint: &mut E) {
    let telling = async {
        while let Ok(out) = outbox.next().await {
            deliver_all(wire, outbox, endpoint, out).await?;
            wire.flush().await?;
        }
        Ok::<_, End>(())
    };
    if !matches!(timeout(PARTING_PATIENCE, telling).await, Ok(Ok(()))) {
        tracing::debug!("a client that is sent away does not read what was done");
    }
}

/// Everything that waits, to be flushed together.
async fn deliver_all<E: Endpoint>(
    wire: &mut Wire,
    outbox: &mut OutboxReader,
    endpoint: &mut E,
    first: Out,
) -> Result<(), End> {
    let mut next = Some(first);
    while let Some(out) = next {
        endpoint.deliver(wire, out).await?;
        next = outbox.try_next();
    }
    Ok(())
}

pub(crate) fn parse<F: DeserializeOwned>(text: &str) -> Result<F, End> {
    serde_json::from_str(text).map_err(|error| {
        tracing::debug!(%error, "malformed frame");
        End::Close(CloseCode::Malformed)
    })
}

pub(crate) const fn check_protocol(protocol: u32) -> Result<(), End> {
    if protocol == PROTOCOL {
        Ok(())
    } else {
        Err(End::Close(CloseCode::UnsupportedProtocol))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the task of `serve` keeps.
    const fn state<V, F: Future>(_serve: &impl Fn(Gateway, WebSocket, V) -> F) -> usize {
        size_of::<F>()
    }

    /// Tens of thousands are quiet for hours. More than this, and something is kept in the state itself that is needed for
    /// a moment only.
    #[test]
    fn a_quiet_connection_keeps_little() {
        let guest = state(&run::<GuestEndpoint>);
        assert!(guest <= 1_700, "{guest} bytes");
        let desk = state(&run::<DeskEndpoint>);
        assert!(desk <= 1_700, "{desk} bytes");
    }
}
