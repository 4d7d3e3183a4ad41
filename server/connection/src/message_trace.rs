//! One message's way in the log, to be followed by the id its sender gave it: `--log info,message=debug`.
//!
//! Received from a socket, numbered (which the room says), committed (which the store's writer says), acknowledged to the
//! sender and delivered to the others. What was said is not in it. While nobody listens, a step costs one comparison.

use domain::{ClientMessageId, ConversationId, Seq};
use room::command::ConnectionId;
use serde::Deserialize;
use tracing::Level;

/// What filters name.
const TARGET: &str = "message";

pub(crate) fn received(ConnectionId(connection): ConnectionId, id: ClientMessageId) {
    tracing::debug!(target: TARGET, %id, connection, "received");
}

/// The last step of each who hears of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told {
    Acknowledged,
    Delivered,
}

/// The id of the message that a frame is about, if anybody listens and it has one. The id is only in the frame: no other way
/// needs it, and it would make every outbox larger. What Seatline itself enters has none.
pub(crate) fn named(frame: &str) -> Option<ClientMessageId> {
    #[derive(Deserialize)]
    struct Named {
        id: ClientMessageId,
    }
    if !tracing::enabled!(target: TARGET, Level::DEBUG) {
        return None;
    }
    let named: Option<Named> = serde_json::from_str(frame).ok();
    named.map(|named| named.id)
}

/// A frame about the message [`named`] was handed to the socket.
pub(crate) fn told(
    told: Told,
    ConnectionId(connection): ConnectionId,
    conversation: ConversationId,
    seq: Seq,
    named: Option<ClientMessageId>,
) {
    let Some(id) = named else { return };
    let seq = seq.0;
    match told {
        Told::Acknowledged => tracing::debug!(target: TARGET, %id, %conversation, seq, connection, "acknowledged"),
        Told::Delivered => tracing::debug!(target: TARGET, %id, %conversation, seq, connection, "delivered"),
    }
}
