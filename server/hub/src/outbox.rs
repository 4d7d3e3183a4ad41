//! What waits to be sent to one connection: bounded, never waited for.

use axum::extract::ws::Utf8Bytes;
use domain::{ClientMessageId, ConversationId, MessageText, Seq};
use protocol::limits::OUTBOX_FRAMES_MAX;
use protocol::{CloseCode, RejectCode};
use std::sync::{Arc, OnceLock};
use tokio::sync::{Notify, mpsc};

/// Something to send.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    /// A frame that stands for itself.
    Frame(Utf8Bytes),
    /// A stored message, serialised once for all its receivers. The connection leaves it out if it has sent that `seq`
    /// already, and first reads what is missing from the store if it is ahead of its turn.
    Message {
        conversation: ConversationId,
        seq: Seq,
        frame: Utf8Bytes,
    },
    /// The acknowledgement of the client's own message.
    Ack {
        conversation: ConversationId,
        seq: Seq,
        frame: Utf8Bytes,
    },
    /// A conversation to follow from now on: the frame, then the messages up to `last_seq` not sent yet.
    Follow {
        conversation: ConversationId,
        last_seq: Seq,
        frame: Utf8Bytes,
    },
    /// A message whose id is known: acknowledged once more if the stored text is the same, else rejected.
    Repeated { id: ClientMessageId, text: MessageText },
    /// A message to a guest without an open conversation: acknowledged if an earlier one holds it, else it opens one.
    Unplaced { id: ClientMessageId, text: MessageText },
    /// A message that an agent may not send, or not any more: acknowledged if it is stored, else rejected.
    Refused {
        id: ClientMessageId,
        text: MessageText,
        conversation: ConversationId,
        code: RejectCode,
    },
}

/// The hub's end of a connection's outbox. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    sender: mpsc::Sender<Out>,
    closer: Closer,
}

/// Closes a connection, and keeps nothing of it alive. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Closer(Arc<Closing>);

/// The connection's end.
#[derive(Debug)]
pub(crate) struct OutboxReader {
    receiver: mpsc::Receiver<Out>,
    closing: Arc<Closing>,
}

/// Why the connection is to be closed, once it is.
#[derive(Debug, Default)]
struct Closing {
    code: OnceLock<CloseCode>,
    told: Notify,
}

pub(crate) fn outbox() -> (Outbox, OutboxReader) {
    let (sender, receiver) = mpsc::channel(OUTBOX_FRAMES_MAX);
    let closing = Arc::new(Closing::default());
    (
        Outbox {
            sender,
            closer: Closer(Arc::clone(&closing)),
        },
        OutboxReader { receiver, closing },
    )
}

impl Outbox {
    /// Queues `out`. A connection that cannot keep up is closed: it resumes later, nothing is lost.
    pub(crate) fn push(&self, out: Out) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.sender.try_send(out) {
            self.close(CloseCode::TooSlow);
        }
    }

    /// Has the connection closed. The first code given stands.
    pub(crate) fn close(&self, code: CloseCode) {
        self.closer.close(code);
    }

    pub(crate) fn closer(&self) -> Closer {
        self.closer.clone()
    }
}

impl Closer {
    /// Has the connection closed. The first code given stands.
    pub(crate) fn close(&self, code: CloseCode) {
        if self.0.code.set(code).is_ok() {
            self.0.told.notify_one();
        }
    }
}

impl OutboxReader {
    /// The next thing to send; `None` once the hub has let go of the outbox.
    pub(crate) async fn next(&mut self) -> Option<Out> {
        self.receiver.recv().await
    }

    /// Resolves when the hub wants the connection closed.
    pub(crate) fn closed(&self) -> impl Future<Output = CloseCode> + use<> {
        let closing = Arc::clone(&self.closing);
        async move {
            loop {
                if let Some(code) = closing.code.get() {
                    return *code;
                }
                closing.told.notified().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_outbox_closes_the_connection_as_too_slow() {
        let (outbox, reader) = outbox();
        for _ in 0..=OUTBOX_FRAMES_MAX {
            outbox.push(Out::Frame("{}".into()));
        }
        outbox.close(CloseCode::Restarting);
        assert_eq!(reader.closed().await, CloseCode::TooSlow);
    }
}
