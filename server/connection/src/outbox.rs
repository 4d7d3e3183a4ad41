//! What waits to be sent to one connection: bounded, never waited for.

use axum::extract::ws::Utf8Bytes;
use domain::{ClientMessageId, ConversationId, MessageText, Seq};
use protocol::desk::DeskEvent;
use protocol::guest::GuestEvent;
use protocol::limits::OUTBOX_FRAMES_MAX;
use protocol::{CloseCode, RejectCode};
use room::effect::Event;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::Notify;

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
    /// A guest's message whose id is taken: by the message `at` that place, or by one of an earlier conversation. Acknowledged
    /// once more if that is the guest's and says the same, else rejected.
    Repeated {
        id: ClientMessageId,
        text: MessageText,
        at: Option<(ConversationId, Seq)>,
    },
    /// A message that an agent may not send, or not any more: acknowledged if it is stored as theirs, at `seq` if that is
    /// known, else rejected.
    Refused {
        seq: Option<Seq>,
        id: ClientMessageId,
        text: MessageText,
        conversation: ConversationId,
        code: RejectCode,
    },
}

impl Out {
    /// An event, serialised.
    pub(crate) fn of(event: &Event) -> Self {
        match event {
            Event::Guest(event) => {
                let frame = frame(event);
                match event {
                    GuestEvent::Message(message) => Self::Message {
                        conversation: message.conversation,
                        seq: message.seq,
                        frame,
                    },
                    GuestEvent::Ack { conversation, seq, .. } => Self::Ack {
                        conversation: *conversation,
                        seq: *seq,
                        frame,
                    },
                    _ => Self::Frame(frame),
                }
            }
            Event::Desk(event) => {
                let frame = frame(event);
                match &**event {
                    DeskEvent::Message(message) => Self::Message {
                        conversation: message.conversation,
                        seq: message.seq,
                        frame,
                    },
                    DeskEvent::Ack { conversation, seq, .. } => Self::Ack {
                        conversation: *conversation,
                        seq: *seq,
                        frame,
                    },
                    DeskEvent::Conversation(one) => Self::Follow {
                        conversation: one.id,
                        last_seq: one.last_seq,
                        frame,
                    },
                    _ => Self::Frame(frame),
                }
            }
            Event::Live(event) => Self::Frame(frame(event)),
        }
    }
}

/// Serialises a frame of our own. Our frames are plain data with string keys, which JSON cannot refuse; were one
/// refused all the same, the client is told nothing and resumes from the store.
pub(crate) fn frame(event: &impl Serialize) -> Utf8Bytes {
    match serde_json::to_string(event) {
        Ok(json) => json.into(),
        Err(error) => {
            tracing::error!(%error, "a frame could not be serialised");
            Utf8Bytes::default()
        }
    }
}

/// Room that a queue which has been emptied keeps; a quiet connection should cost nothing.
const KEPT: usize = 8;

/// The hub's end of a connection's outbox. When it is dropped, the connection ends once everything queued is sent.
#[derive(Debug)]
pub struct Outbox(Arc<Shared>);

/// Closes a connection, and keeps nothing of it alive. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Closer(Arc<Shared>);

/// The connection's end.
#[derive(Debug)]
pub(crate) struct OutboxReader(Arc<Shared>);

/// A plain queue under a lock that nobody holds for longer than a push or a pop. A channel of Tokio's would cost each
/// connection a block of 32 places from the beginning.
#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    filled: Notify,
    /// Why the connection is to be closed, once it is.
    code: OnceLock<CloseCode>,
    told: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Out>,
    /// Nothing more will come.
    is_over: bool,
}

pub(crate) fn outbox() -> (Outbox, OutboxReader) {
    let shared = Arc::new(Shared::default());
    (Outbox(Arc::clone(&shared)), OutboxReader(shared))
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, code: CloseCode) {
        if self.code.set(code).is_ok() {
            self.told.notify_one();
        }
    }
}

impl Outbox {
    /// Queues `out`. A connection that cannot keep up is closed: it resumes later, nothing is lost.
    pub(crate) fn push(&self, out: Out) {
        let mut queue = self.0.lock();
        if queue.waiting.len() >= OUTBOX_FRAMES_MAX {
            return self.0.close(CloseCode::TooSlow);
        }
        queue.waiting.push_back(out);
        // The reader empties the queue before it waits again: only the first one need wake it.
        if queue.waiting.len() == 1 {
            self.0.filled.notify_one();
        }
    }

    /// Has the connection closed. The first code given stands.
    pub(crate) fn close(&self, code: CloseCode) {
        self.0.close(code);
    }

    pub(crate) fn closer(&self) -> Closer {
        Closer(Arc::clone(&self.0))
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.filled.notify_one();
    }
}

impl Closer {
    /// Has the connection closed. The first code given stands.
    pub(crate) fn close(&self, code: CloseCode) {
        self.0.close(code);
    }
}

impl OutboxReader {
    /// The next thing to send. May be dropped half-way without losing anything.
    ///
    /// # Errors
    /// The hub has let go of the outbox and everything is sent: the code to close with. That is the one the hub gave, even if
    /// it gave it only after [`OutboxReader::closed`] was last looked at.
    pub(crate) async fn next(&mut self) -> Result<Out, CloseCode> {
        loop {
            let filled = self.0.filled.notified();
            {
                let mut queue = self.0.lock();
                if let Some(out) = queue.waiting.pop_front() {
                    return Ok(out);
                }
                if queue.is_over {
                    return Err(self.0.code.get().copied().unwrap_or(CloseCode::TryAgain));
                }
            }
            filled.await;
        }
    }

    /// The next thing to send, if there is one already.
    pub(crate) fn try_next(&mut self) -> Option<Out> {
        let mut queue = self.0.lock();
        let out = queue.waiting.pop_front();
        if out.is_none() && queue.waiting.capacity() > KEPT {
            queue.waiting.shrink_to(KEPT);
        }
        out
    }

    /// Resolves when the hub wants the connection closed.
    pub(crate) fn closed(&self) -> impl Future<Output = CloseCode> + use<> {
        let shared = Arc::clone(&self.0);
        async move {
            loop {
                if let Some(code) = shared.code.get() {
                    return *code;
                }
                shared.told.notified().await;
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

    #[tokio::test]
    async fn what_is_queued_is_sent_even_if_the_hub_has_let_go() {
        let (outbox, mut reader) = outbox();
        outbox.push(Out::Frame("1".into()));
        outbox.push(Out::Frame("2".into()));
        drop(outbox);
        assert!(matches!(reader.next().await, Ok(Out::Frame(frame)) if frame.as_str() == "1"));
        assert!(matches!(reader.try_next(), Some(Out::Frame(frame)) if frame.as_str() == "2"));
        assert!(reader.try_next().is_none());
        assert!(matches!(reader.next().await, Err(CloseCode::TryAgain)));
    }

    #[tokio::test]
    async fn the_code_that_was_given_stands_though_the_hub_has_let_go() {
        let (outbox, mut reader) = outbox();
        outbox.close(CloseCode::Restarting);
        drop(outbox);
        assert!(matches!(reader.next().await, Err(CloseCode::Restarting)));
    }

    #[tokio::test]
    async fn a_reader_that_waits_is_woken_by_the_first_of_many() {
        let (outbox, mut reader) = outbox();
        let waiting = tokio::spawn(async move {
            let mut read = 0;
            while reader.next().await.is_ok() {
                read += 1;
                while reader.try_next().is_some() {
                    read += 1;
                }
            }
            read
        });
        for _ in 0..100 {
            outbox.push(Out::Frame("{}".into()));
            tokio::task::yield_now().await;
        }
        drop(outbox);
        assert_eq!(waiting.await.ok(), Some(100));
    }
}
