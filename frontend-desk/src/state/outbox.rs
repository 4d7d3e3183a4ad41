//! What was written and is not yet acknowledged. It stays here, over reconnects and reloads, until the server has it or
//! refuses it; sending it again with the same id stores it once.

use super::{DeskState, Effect};
use domain::{ClientMessageId, ConversationId, Epoch};
use protocol::RejectCode;
use protocol::desk::DeskFrame;
use serde::{Deserialize, Serialize};

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub id: ClientMessageId,
    pub conversation: ConversationId,
    pub text: String,
    pub state: PendingState,
}

/// How far it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PendingState {
    /// Sent, or waiting for a connection.
    Sending,
    /// The server refused it. The agent decides.
    Failed(RejectCode),
}

/// The outbox as a page of this tab kept it; empty if it cannot be read. It is serde's own form, in which a state with a code
/// is an object, and not what a server says.
pub fn read_outbox(kept: &str) -> Vec<Pending> {
    serde_json::from_str(kept).unwrap_or_default()
}

impl Pending {
    fn frame(&self, epoch: Epoch) -> DeskFrame {
        DeskFrame::Send {
            conversation: self.conversation,
            epoch,
            id: self.id,
            text: self.text.clone(),
        }
    }
}

impl DeskState {
    pub(super) fn on_wrote(&mut self, conversation: ConversationId, id: ClientMessageId, text: String) -> Vec<Effect> {
        // Who answers has caught up.
        if let Some(talk) = self.talks.get_mut(&conversation) {
            talk.came_at = None;
        }
        self.outbox.push(Pending {
            id,
            conversation,
            text,
            state: PendingState::Sending,
        });
        self.resend(|pending| pending.id == id)
    }

    pub(super) fn on_retried(&mut self, id: ClientMessageId, fresh: ClientMessageId) -> Vec<Effect> {
        let Some(pending) = self.outbox.iter_mut().find(|pending| pending.id == id) else {
            return Vec::new();
        };
        if pending.state == PendingState::Failed(RejectCode::IdReused) {
            pending.id = fresh;
        }
        pending.state = PendingState::Sending;
        let id = pending.id;
        self.resend(|pending| pending.id == id)
    }

    /// Sends what is on its way and chosen, with the epoch of the seating there is now. What belongs to a conversation
    /// that is not the agent's any more fails here and now.
    pub(super) fn resend(&mut self, chosen: impl Fn(&Pending) -> bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        for pending in &mut self.outbox {
            if pending.state != PendingState::Sending || !chosen(pending) {
                continue;
            }
            match self.talks.get(&pending.conversation) {
                Some(talk) if talk.ended.is_none() => effects.push(Effect::Send(pending.frame(talk.card.epoch))),
                // Before the first welcome nobody knows.
                _ if !self.welcomed => {}
                _ => pending.state = PendingState::Failed(RejectCode::NoConversation),
            }
        }
        effects
    }

    /// What is on its way to `conversation`, in the order written.
    pub fn pending(&self, conversation: ConversationId) -> impl Iterator<Item = &Pending> {
        self.outbox
            .iter()
            .filter(move |pending| pending.conversation == conversation)
    }
}
