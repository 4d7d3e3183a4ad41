//! What the server functions call: the traits of `app::api`, one file per resource, each from rows to answers.
//!
//! Also the only place that tells the hub of changes: after they are stored, never before.

mod auth_group;
mod conversation;
mod guest;
mod member;
mod member_group;
mod session;
mod site;

pub use site::embed;

use crate::people::{People, store_failed};
use app::api::service::{Caller, Services};
use app::api::{ApiError, ErrorCode, FieldProblem};
use domain::{Placement, Rule};
use hub::Hub;
use std::sync::Arc;
use store::{Store, StoreError};

/// What the services work with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Resources {
    pub store: Store,
    pub hub: Hub,
    pub people: People,
    /// Scheme and host that people reach the server at.
    pub base_url: Arc<str>,
}

impl Resources {
    /// The services, as the server functions know them.
    pub fn services(&self) -> Services {
        let all = Arc::new(self.clone());
        Services {
            sessions: all.clone(),
            members: all.clone(),
            member_groups: all.clone(),
            auth_groups: all.clone(),
            conversations: all.clone(),
            guests: all.clone(),
            sites: all,
        }
    }

    /// Whether the caller may read what belongs to that conversation: with the rule for all of them, or because it is,
    /// or was last, their own or of one of their member groups.
    async fn may_read(&self, caller: &Caller, placement: &Placement) -> Result<bool, ApiError> {
        let me = caller.me.id;
        if caller.me.may(Rule::ConversationView) || placement.agent() == Some(me) || placement.last_agent == Some(me) {
            return Ok(true);
        }
        let member = self.people.member(me).await?;
        Ok(member.is_some_and(|member| member.groups.contains(&placement.group)))
    }
}

/// A refusal that is about the input becomes that field's problem; anything else is a fault of ours.
fn input_error(error: StoreError) -> ApiError {
    match error {
        StoreError::Conflict { field } => ApiError::field(field.as_str(), FieldProblem::Taken),
        StoreError::Unknown { field } => ApiError::field(field.as_str(), FieldProblem::Unknown),
        StoreError::LastEditor => ApiError::new(ErrorCode::Conflict, error.to_string()),
        other => store_failed(other),
    }
}
