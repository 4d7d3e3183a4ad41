//! Conversations, as they were: messages, decisions, what a guest talked about before. What happens now comes over the
//! desk's socket.
//!
//! Who may serve reads conversations of their own member groups; who holds `conversation.view` reads any. To everybody
//! else one does not exist: `not_found`.

use super::ApiError;
use super::json::Json;
use domain::conversation::known_state;
use domain::{
    ClosedBy, ConversationId, ConversationState, Epoch, GuestId, Message, MissedReason, SeatReason, Seq, Timestamp,
    WaitReason,
};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

/// Messages of one page of history.
pub const HISTORY_PAGE: u32 = 50;

/// Part of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// By `seq`, ascending; at most [`HISTORY_PAGE`].
    pub messages: Vec<Message>,
    /// There are earlier ones.
    pub more: bool,
}

/// One decision about a conversation: where it went and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatingRecord {
    pub at: Timestamp,
    /// A server always tells it; `None` to a client that is older and has no name for it.
    #[serde(deserialize_with = "known_state")]
    pub state: Option<ConversationState>,
    /// The name of the agent who was given it.
    pub agent: Option<String>,
    /// The name of the agent who had it before.
    pub from: Option<String>,
    pub epoch: Epoch,
    /// Of the four, the one that belongs to `state`.
    pub seat_reason: Option<SeatReason>,
    pub wait_reason: Option<WaitReason>,
    pub missed_reason: Option<MissedReason>,
    pub closed_by: Option<ClosedBy>,
}

/// Where a conversation is, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationShown {
    pub id: ConversationId,
    pub guest: GuestId,
    /// Empty for an anonymous guest.
    pub guest_name: String,
    /// The decision that brought it where it is.
    pub decision: SeatingRecord,
}

/// A line in a list of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationSummary {
    pub id: ConversationId,
    /// As in [`SeatingRecord`].
    #[serde(deserialize_with = "known_state")]
    pub state: Option<ConversationState>,
    pub created_at: Timestamp,
    /// When it came into `state`.
    pub since: Timestamp,
    /// The last text, cut at 240 characters; empty if there is none.
    pub last_text: String,
}

/// One conversation, wherever it is.
#[server(prefix = "/api/v1", endpoint = "conversation/show", protocol = Json)]
pub async fn show(conversation: ConversationId) -> Result<ConversationShown, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?
        .conversations
        .show(&caller, conversation)
        .await
}

/// The messages before `before`, or the last ones.
#[server(prefix = "/api/v1", endpoint = "conversation/history", protocol = Json)]
pub async fn history(conversation: ConversationId, before: Option<Seq>) -> Result<HistoryPage, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?
        .conversations
        .history(&caller, conversation, before)
        .await
}

/// Every decision about a conversation, in order.
#[server(prefix = "/api/v1", endpoint = "conversation/decisions", protocol = Json)]
pub async fn decisions(conversation: ConversationId) -> Result<Vec<SeatingRecord>, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?
        .conversations
        .decisions(&caller, conversation)
        .await
}

/// A guest's conversations, newest first, at most 50.
#[server(prefix = "/api/v1", endpoint = "conversation/earlier", protocol = Json)]
pub async fn earlier(guest: GuestId) -> Result<Vec<ConversationSummary>, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?.conversations.earlier(&caller, guest).await
}

#[cfg(feature = "ssr")]
pub use on_server::ConversationService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{
        ApiError, ConversationId, ConversationShown, ConversationSummary, Decisions, Earlier, GuestId, History,
        HistoryPage, SeatingRecord, Seq, Show,
    };
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::Caller;
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        const READ: Access = Access::AnyRule(&[Rule::ConversationServe, Rule::ConversationView]);
        vec![
            Endpoint::of::<Show>(READ),
            Endpoint::of::<History>(READ),
            Endpoint::of::<Decisions>(READ),
            Endpoint::of::<Earlier>(READ),
        ]
    }

    /// Conversations, as the server keeps them.
    #[async_trait::async_trait]
    pub trait ConversationService: Send + Sync {
        async fn show(&self, caller: &Caller, conversation: ConversationId) -> Result<ConversationShown, ApiError>;
        async fn history(
            &self,
            caller: &Caller,
            conversation: ConversationId,
            before: Option<Seq>,
        ) -> Result<HistoryPage, ApiError>;
        async fn decisions(
            &self,
            caller: &Caller,
            conversation: ConversationId,
        ) -> Result<Vec<SeatingRecord>, ApiError>;
        async fn earlier(&self, caller: &Caller, guest: GuestId) -> Result<Vec<ConversationSummary>, ApiError>;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const ID: &str = "0198c0de-7a11-7000-8000-000000000001";

    fn summary(state: &str) -> Value {
        json!({ "id": ID, "state": state, "created_at": 5, "since": 7, "last_text": "Hello" })
    }

    fn record(state: &str) -> Value {
        json!({
            "at": 7, "state": state, "agent": "Mei", "from": null, "epoch": 1,
            "seat_reason": null, "wait_reason": null, "missed_reason": null, "closed_by": null,
        })
    }

    #[test]
    fn an_unknown_state_of_a_later_server_costs_nothing_but_itself() {
        let list = json!([summary("closed"), summary("on_hold"), summary("missed")]);
        let list: Vec<ConversationSummary> = serde_json::from_value(list).unwrap();
        let states: Vec<_> = list.iter().map(|one| one.state).collect();
        assert_eq!(
            states,
            [Some(ConversationState::Closed), None, Some(ConversationState::Missed)]
        );

        let records = json!([record("on_hold"), record("seated")]);
        let records: Vec<SeatingRecord> = serde_json::from_value(records).unwrap();
        let states: Vec<_> = records.iter().map(|one| one.state).collect();
        assert_eq!(states, [None, Some(ConversationState::Seated)]);

        let shown = json!({ "id": ID, "guest": ID, "guest_name": "", "decision": record("on_hold") });
        let shown: ConversationShown = serde_json::from_value(shown).unwrap();
        assert_eq!(shown.decision.state, None);
    }

    #[test]
    fn a_known_state_is_written_as_the_word_it_is() {
        let read: ConversationSummary = serde_json::from_value(summary("waiting")).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), summary("waiting"));
    }

    #[test]
    fn a_state_is_never_left_out_and_by_itself_read_strictly() {
        let mut bare = summary("closed");
        bare.as_object_mut().unwrap().remove("state");
        assert!(serde_json::from_value::<ConversationSummary>(bare).is_err());
        assert!(serde_json::from_value::<ConversationState>(json!("on_hold")).is_err());
    }
}
