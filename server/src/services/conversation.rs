//! Conversations, as they were.

use super::{Resources, store_failed};
use app::api::ApiError;
use app::api::conversation::{
    ConversationService, ConversationShown, ConversationSummary, HISTORY_PAGE, HistoryPage, SeatingRecord,
};
use app::api::service::Caller;
use async_trait::async_trait;
use domain::{ConversationId, GuestId, Placement, Seq};

/// Conversations of one guest that are listed.
const EARLIER_MAX: u32 = 50;

#[async_trait]
impl ConversationService for Resources {
    async fn show(&self, caller: &Caller, conversation: ConversationId) -> Result<ConversationShown, ApiError> {
        let missing = || ApiError::not_found("conversation");
        let placement = self.readable(caller, conversation).await?;
        let guest = self.store.guest(placement.guest).await.map_err(store_failed)?;
        let decisions = self.store.seatings(conversation).await.map_err(store_failed)?;
        Ok(ConversationShown {
            id: conversation,
            guest: placement.guest,
            guest_name: guest.ok_or_else(missing)?.name,
            decision: decisions.into_iter().next_back().map(record).ok_or_else(missing)?,
        })
    }

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
            if self.find_readable(caller, one.id).await?.is_some() {
                seen.push(summary(one));
            }
        }
        Ok(seen)
    }
}

impl Resources {
    /// Where it is. To whom may not read it, a conversation does not exist.
    async fn readable(&self, caller: &Caller, conversation: ConversationId) -> Result<Placement, ApiError> {
        let found = self.find_readable(caller, conversation).await?;
        found.ok_or_else(|| ApiError::not_found("conversation"))
    }

    async fn find_readable(
        &self,
        caller: &Caller,
        conversation: ConversationId,
    ) -> Result<Option<Placement>, ApiError> {
        let Some(placement) = self.store.placement(conversation).await.map_err(store_failed)? else {
            return Ok(None);
        };
        Ok(self.may_read(caller, &placement).await?.then_some(placement))
    }
}

fn record(row: store::SeatingRecord) -> SeatingRecord {
    SeatingRecord {
        at: row.at,
        state: Some(row.state),
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
        state: Some(row.state),
        created_at: row.created_at,
        since: row.since,
        last_text: row.last_text,
    }
}
