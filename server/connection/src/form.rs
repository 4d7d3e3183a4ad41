//! What guests say and ask over HTTP: messages where no socket gets through, and whether there is an answer.

use crate::gateway::Gateway;
use crate::request::Answer;
use crate::{GuestVisitor, answer_again, closed_view};
use domain::guest::{Environment, PageView};
use domain::{ClientMessageId, ConversationState, GuestId, Message, MessageText, SiteId};
use identity::Guests;
use protocol::guest::{GuestEvent, Resume};
use protocol::{RejectCode, Rejected};
use room::Past;
use room::command::{Command, Form, FormTaken, Said};
use std::time::Duration;
use store::StoreError;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// A form as it was sent in.
#[derive(Clone, Debug, Default)]
pub struct FormPost {
    /// From an earlier answer or welcome.
    pub token: Option<String>,
    pub message: Option<(ClientMessageId, String)>,
    /// Name, and how to reach the guest.
    pub reach: Option<(String, String)>,
    pub page: PageView,
    pub environment: Environment,
}

/// What the page is answered: what a socket would have been sent.
#[derive(Clone, Debug)]
pub struct FormAnswer {
    pub guest: GuestId,
    /// To be shown with the next form or `hello`.
    pub token: String,
    pub events: Vec<GuestEvent>,
}

/// Why a form was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    #[error("too many forms and new guests from one address")]
    TooMany,
    #[error("the hub has stopped or failed")]
    Unavailable,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How long a form may take before its sender is told to try again.
const PATIENCE: Duration = Duration::from_secs(20);

impl Gateway {
    /// Takes a form. Whoever comes without a token is only told who they are, and nothing of it is kept: so a form that is
    /// sent again, because its answer was lost, comes from the same guest and is known by its message's id.
    ///
    /// # Errors
    /// Too many come from that address, the store failed, or the hub has stopped.
    pub async fn post(&self, visitor: GuestVisitor, form: FormPost) -> Result<FormAnswer, FormError> {
        let now = self.clock().wall();
        let site = visitor.site;
        let named = form.token.as_deref();
        let named = named.and_then(|token| self.guests().named(token, site, now));
        let guest = named.unwrap_or_else(Guests::new_id);
        let events = match named {
            Some(guest) => self.take(visitor, guest, form).await?,
            None => Vec::new(),
        };
        let token = self.guests().sign(guest, site, now);
        Ok(FormAnswer { guest, token, events })
    }

    /// Whether a missed conversation has come on since: somebody has taken it up, or said something in it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn news(&self, site: SiteId, token: &str, known: Resume) -> Result<bool, StoreError> {
        let Some(guest) = self.guests().named(token, site, self.clock().wall()) else {
            return Ok(false);
        };
        let latest = self.store().latest_conversation_of(guest).await?;
        Ok(latest.is_some_and(|(placement, talk)| {
            placement.conversation != known.conversation
                || placement.state() != ConversationState::Missed
                || talk.last_seq > known.last_seq
        }))
    }

    async fn take(&self, visitor: GuestVisitor, guest: GuestId, form: FormPost) -> Result<Vec<GuestEvent>, FormError> {
        if !self.guests().admits(visitor.address) {
            return Err(FormError::TooMany);
        }
        let row = self.store().guest(guest).await?;
        let (message, refused) = match form.message {
            Some((id, text)) => match MessageText::parse(text) {
                Ok(text) => (Some((id, text)), None),
                Err(error) => (None, Some(Rejected::new(room::text_code(error)).about(id))),
            },
            None => (None, None),
        };
        let (reply, taken) = oneshot::channel();
        let connection = self.next_connection();
        let command = Form {
            connection,
            guest,
            is_new: row.is_none(),
            known: visitor.known(row, form.page, form.environment),
            message,
            past: Past::default(),
            reach: form.reach,
        };
        let answer = Answer::Form { connection, reply };
        self.ask(Command::Form(Box::new(command)), answer).await;
        let FormTaken { conversation, said } = timeout(PATIENCE, taken)
            .await
            .map_err(|_| FormError::Unavailable)?
            .map_err(|_| FormError::Unavailable)?;
        let latest = match conversation {
            Some(open) => Some(open),
            None => self.closed_conversation(guest).await?,
        };
        let said = match said {
            Some(said) => self.said(guest, said).await?,
            None => None,
        };
        let conversation = latest.map(GuestEvent::Conversation);
        let refused = refused.map(GuestEvent::Rejected);
        Ok(conversation.into_iter().chain(refused).chain(said).collect())
    }

    async fn said(&self, guest: GuestId, said: Said) -> Result<Option<GuestEvent>, StoreError> {
        match said {
            Said::Now(message) => Ok(acknowledged(&message)),
            // Stored by now, if it was a moment ago, since what came before this answer is.
            Said::Before { id, text } => {
                let stored = self.store().guest_message(guest, id).await?;
                Ok(Some(stored.map_or_else(
                    || GuestEvent::Rejected(Rejected::new(RejectCode::IdReused).about(id)),
                    |message| answer_again(id, &text, &message),
                )))
            }
        }
    }

    async fn closed_conversation(
        &self,
        guest: GuestId,
    ) -> Result<Option<protocol::guest::GuestConversation>, StoreError> {
        let latest = self.store().closed_conversation_of(guest).await?;
        Ok(latest.and_then(|(placement, talk)| closed_view(&placement, &talk)))
    }
}

fn acknowledged(message: &Message) -> Option<GuestEvent> {
    Some(GuestEvent::Ack {
        id: message.id?,
        conversation: message.conversation,
        seq: message.seq,
        at: message.at,
    })
}
