//! How far a connection has been sent each conversation.

use super::wire::{End, Wire};
use axum::extract::ws::Utf8Bytes;
use domain::{ConversationId, Seq};
use protocol::CloseCode;
use protocol::guest::GuestEvent;
use std::collections::HashMap;
use store::Store;

/// Messages read from the store at a time.
const PAGE: u32 = 200;

/// The conversations a connection follows, each with the last `seq` it was sent.
#[derive(Debug)]
pub(super) struct Followed {
    store: Store,
    sent: HashMap<ConversationId, Seq>,
}

impl Followed {
    pub(super) fn new(store: Store) -> Self {
        Self {
            store,
            sent: HashMap::new(),
        }
    }

    /// Follows a conversation from `sent` on, unless it is followed already.
    pub(super) fn begin(&mut self, conversation: ConversationId, sent: Seq) {
        self.sent.entry(conversation).or_insert(sent);
    }

    /// Sends the stored messages up to `last` that have not been sent.
    pub(super) async fn catch_up(
        &mut self,
        wire: &mut Wire,
        conversation: ConversationId,
        last: Seq,
    ) -> Result<(), End> {
        let mut sent = self.sent.get(&conversation).copied().unwrap_or_default();
        while sent < last {
            let page = self
                .store
                .messages_after(conversation, sent, PAGE)
                .await
                .map_err(failed)?;
            if page.is_empty() {
                break;
            }
            for message in page {
                sent = message.seq;
                wire.send(&GuestEvent::Message(message)).await?;
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
            return self.catch_up(wire, conversation, seq).await;
        }
        self.sent.insert(conversation, seq);
        wire.send_frame(frame).await
    }

    /// The client's own message, which it is told by an acknowledgement.
    pub(super) fn acknowledged(&mut self, conversation: ConversationId, seq: Seq) {
        let sent = self.sent.entry(conversation).or_default();
        if seq == sent.next() {
            *sent = seq;
        }
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
