//! Conversations, as they were.

use super::{Resources, store_failed};
use app::api::ApiError;
use app::api::conversation::{ConversationService, ConversationSummary, HISTORY_PAGE, HistoryPage, SeatingRecord};
use app::api::service::Caller;
use async_trait::async_trait;
use domain::{ConversationId, GuestId, Seq};

/// Conversations of one guest that are listed.
const EARLIER_MAX: u32 = 50;

#[async_trait]
impl ConversationService for Resources {
    async fn history(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        before: Option<Seq>,
    ) -> Result<HistoryPage, ApiError> {
        self.readable(caller, conversation).await?;
        // One more than a page, to know whether there are more.
        let found = self.store.messages_before(conversation, before, HISTORY_PAGE + 1).await;
        let mut messages = found.map_err(store_failed)?;
        let more = u32::try_from(messages.len()).is_ok_and(|count| count > HISTORY_PAGE);
        if more {
            messages.remove(0);
        }
        Ok(HistoryPage { messages, more })
    }

    async fn decisions(&self, caller: &Caller, conversation: ConversationId) -> Result<Vec<SeatingRecord>, ApiError> {
        self.readable(caller, conversation).await?;
        let records = self.store.seatings(conversation).await.map_err(store_failed)?;
        Ok(records.into_iter().map(record).collect())
    }

    async fn earlier(&self, caller: &Caller, guest: GuestId) -> Result<Vec<ConversationSummary>, ApiError> {
        let all = self
            .store
            .earlier_conversations(guest, EARLIER_MAX)
            .await
            .map_err(store_failed)?;
        let mut seen = Vec::with_capacity(all.len());
        for one in all {
            if self.is_readable(caller, one.id).await? {
                seen.push(summary(one));
            }
        }
        Ok(seen)
    }
}

impl Resources {
    /// To whom may not read it, a conversation does not exist.
    async fn readable(&self, caller: &Caller, conversation: ConversationId) -> Result<(), ApiError> {
        let readable = self.is_readable(caller, conversation).await?;
        if readable {
            Ok(())
        } else {
            Err(ApiError::not_found("conversation"))
        }
    }

    async fn is_readable(&self, caller: &Caller, conversation: ConversationId) -> Result<bool, ApiError> {
        match self.store.placement(conversation).await.map_err(store_failed)? {
            Some(placement) => self.may_read(caller, &placement).await,
            None => Ok(false),
        }
    }
}

fn record(row: store::SeatingRecord) -> SeatingRecord {
    SeatingRecord {
        at: row.at,
        state: row.state,
        agent: row.agent,
        from: row.from,
        epoch: row.epoch,
        seat_reason: row.seat_reason,
        wait_reason: row.wait_reason,
        missed_reason: row.missed_reason,
        closed_by: row.closed_by,
    }
}

fn summary(row: store::ConversationSummary) -> ConversationSummary {
    ConversationSummary {
        id: row.id,
        state: row.state,
        created_at: row.created_at,
        since: row.since,
        last_text: row.last_text,
    }
}
