//! How far a connection has been sent each conversation.

use super::wire::{End, Wire};
use crate::message_trace::{self, Told};
use axum::extract::ws::Utf8Bytes;
use domain::{ConversationId, Seq};
use protocol::CloseCode;
use protocol::guest::GuestEvent;
use room::command::ConnectionId;
use std::collections::HashMap;
use store::Store;

/// Messages read from the store at a time.
const PAGE: u32 = 200;

/// The conversations a connection follows, each with the last `seq` it was sent.
#[derive(Debug)]
pub(super) struct Followed {
    store: Store,
    connection: ConnectionId,
    sent: HashMap<ConversationId, Seq>,
}

impl Followed {
    pub(super) fn new(store: Store, connection: ConnectionId) -> Self {
        Self {
            store,
            connection,
            sent: HashMap::new(),
        }
    }

    /// Follows a conversation from `sent` on, unless it is followed already.
    pub(super) fn begin(&mut self, conversation: ConversationId, sent: Seq) {
        self.sent.entry(conversation).or_insert(sent);
    }

    /// Whether the conversation is one of them.
    pub(super) fn has(&self, conversation: ConversationId) -> bool {
        self.sent.contains_key(&conversation)
    }

    /// Sends the stored messages up to `last` that have not been sent, and none after it: what was published in between is in
    /// the outbox behind this, and would take back what the client has been told by then.
    pub(super) async fn catch_up(
        &mut self,
        wire: &mut Wire,
        conversation: ConversationId,
        last: Seq,
    ) -> Result<(), End> {
        let mut sent = self.sent.get(&conversation).copied().unwrap_or_default();
        while sent < last {
            let missing = u32::try_from(last.0.saturating_sub(sent.0)).unwrap_or(PAGE);
            let page = self
                .store
                .messages_after(conversation, sent, missing.min(PAGE))
                .await
                .map_err(failed)?;
            if page.is_empty() {
                break;
            }
            for message in page {
                sent = message.seq;
                let frame = crate::outbox::frame(&GuestEvent::Message(message));
                self.deliver(wire, conversation, sent, frame).await?;
            }
            self.sent.insert(conversation, sent);
        }
        Ok(())
    }

    /// Sends a message in its turn: once, and after everything before it.
    pub(super) async fn message(
        &mut self,
        wire: &mut Wire,
        conversation: ConversationId,
        seq: Seq,
        frame: Utf8Bytes,
    ) -> Result<(), End> {
        let sent = self.sent.get(&conversation).copied().unwrap_or_default();
        if seq <= sent {
            return Ok(());
        }
        if seq > sent.next() {
            // It was published after it was stored, so the store has it too.
            return Box::pin(self.catch_up(wire, conversation, seq)).await;
        }
        self.sent.insert(conversation, seq);
        self.deliver(wire, conversation, seq, frame).await
    }

    async fn deliver(
        &self,
        wire: &mut Wire,
        conversation: ConversationId,
        seq: Seq,
        frame: Utf8Bytes,
    ) -> Result<(), End> {
        let named = message_trace::named(&frame);
        wire.send_frame(frame).await?;
        message_trace::told(Told::Delivered, self.connection, conversation, seq, named);
        Ok(())
    }

    /// Tells the client that its own message is stored, which stands for the message itself.
    pub(super) async fn acknowledge(
        &mut self,
        wire: &mut Wire,
        conversation: ConversationId,
        seq: Seq,
        frame: Utf8Bytes,
    ) -> Result<(), End> {
        let sent = self.sent.entry(conversation).or_default();
        if seq == sent.next() {
            *sent = seq;
        }
        let named = message_trace::named(&frame);
        wire.send_frame(frame).await?;
        message_trace::told(Told::Acknowledged, self.connection, conversation, seq, named);
        Ok(())
    }
}

/// The store did not answer: the client comes back and resumes.
pub(super) fn failed(error: store::StoreError) -> End {
    End::Close(unreadable(error))
}

pub(super) fn unreadable(error: store::StoreError) -> CloseCode {
    tracing::error!(%error, "the store could not be read for a connection");
    CloseCode::TryAgain
}
