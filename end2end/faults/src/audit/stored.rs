//! What the store holds, read beside the server with queries of our own.

use rig::RigError;
use rig::database::Database;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Conversation {
    pub(crate) id: Uuid,
    pub(crate) guest_id: Uuid,
    pub(crate) group_id: i64,
    pub(crate) priority: i64,
    pub(crate) ticket: i64,
    pub(crate) returned: bool,
    pub(crate) epoch: i64,
    pub(crate) state: String,
    pub(crate) agent_id: Option<i64>,
    pub(crate) seat_reason: Option<String>,
    pub(crate) wait_reason: Option<String>,
    pub(crate) missed_reason: Option<String>,
    pub(crate) closed_by: Option<String>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Message {
    pub(crate) conversation_id: Uuid,
    pub(crate) seq: i64,
    pub(crate) client_id: Option<Uuid>,
    pub(crate) author: String,
    pub(crate) member_id: Option<i64>,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) at: i64,
}

/// A decision.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Seating {
    pub(crate) id: i64,
    pub(crate) conversation_id: Uuid,
    pub(crate) state: String,
    pub(crate) agent_id: Option<i64>,
    pub(crate) epoch: i64,
    pub(crate) wait_reason: Option<String>,
    pub(crate) missed_reason: Option<String>,
    pub(crate) closed_by: Option<String>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Member {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) seats: i64,
    pub(crate) duty: String,
    pub(crate) disabled: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Stored {
    pub(crate) conversations: BTreeMap<Uuid, Conversation>,
    /// By conversation, in the order of `seq`.
    pub(crate) messages: BTreeMap<Uuid, Vec<Message>>,
    /// By conversation, in the order in which they were stored.
    pub(crate) seatings: BTreeMap<Uuid, Vec<Seating>>,
    pub(crate) members: BTreeMap<i64, Member>,
    /// Member and member group.
    pub(crate) teams: BTreeSet<(i64, i64)>,
}

impl Stored {
    /// # Errors
    /// The database does not answer.
    pub(crate) async fn read(database: &Database) -> Result<Self, RigError> {
        let mut stored = Self::default();
        // Messages and decisions first: a conversation that is read after them is at least as new.
        let sql = "SELECT conversation_id, seq, client_id, author, member_id, kind, body, at FROM message \
                   ORDER BY conversation_id, seq";
        for message in database.rows::<Message>(sql).await? {
            stored
                .messages
                .entry(message.conversation_id)
                .or_default()
                .push(message);
        }
        let sql = "SELECT id, conversation_id, state, agent_id, epoch, wait_reason, missed_reason, closed_by FROM seating \
                   ORDER BY id";
        for seating in database.rows::<Seating>(sql).await? {
            stored
                .seatings
                .entry(seating.conversation_id)
                .or_default()
                .push(seating);
        }
        let sql = "SELECT id, guest_id, group_id, priority, ticket, returned, epoch, state, agent_id, seat_reason, \
                   wait_reason, missed_reason, closed_by FROM conversation";
        let conversations = database.rows::<Conversation>(sql).await?;
        stored.conversations = conversations.into_iter().map(|one| (one.id, one)).collect();
        let members = database
            .rows::<Member>("SELECT id, name, seats, duty, disabled FROM member")
            .await?;
        stored.members = members.into_iter().map(|one| (one.id, one)).collect();
        let teams = database
            .rows::<(i64, i64)>("SELECT member_id, member_group_id FROM member_group_access")
            .await?;
        stored.teams = teams.into_iter().collect();
        Ok(stored)
    }

    pub(crate) fn messages_of(&self, conversation: Uuid) -> &[Message] {
        self.messages.get(&conversation).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn seatings_of(&self, conversation: Uuid) -> &[Seating] {
        self.seatings.get(&conversation).map_or(&[], Vec::as_slice)
    }

    /// The one that began last, by what was stored first of it: times and ids go back when the clock does. One in which
    /// nothing was said counts as none.
    pub(crate) fn latest_of(&self, guest: Uuid) -> Option<&Conversation> {
        let theirs = self
            .conversations
            .values()
            .filter(|one| one.guest_id == guest && !self.is_dismissed(one.id));
        theirs.max_by_key(|one| self.seatings_of(one.id).first().map(|first| first.id))
    }

    /// Whether it was closed because nothing was said in it.
    pub(crate) fn is_dismissed(&self, conversation: Uuid) -> bool {
        let found = self.conversations.get(&conversation);
        found.is_some_and(|one| one.closed_by.as_deref() == Some("nothing_said"))
    }

    /// Those that are in that state.
    pub(crate) fn in_state<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Conversation> {
        self.conversations.values().filter(move |one| one.state == state)
    }

    pub(crate) fn last_seq(&self, conversation: Uuid) -> i64 {
        self.messages_of(conversation).last().map_or(0, |message| message.seq)
    }

    pub(crate) fn name_of(&self, member: Option<i64>) -> &str {
        let member = member.and_then(|id| self.members.get(&id));
        member.map_or("", |member| member.name.as_str())
    }
}

impl Message {
    /// The notice, with its fields.
    pub(crate) fn notice(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

impl Conversation {
    /// Whether a supervisor handed it over beyond the agent's seats.
    pub(crate) fn is_over_limit(&self) -> bool {
        let reason: Value = self
            .seat_reason
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        reason.get("over_limit") == Some(&Value::Bool(true))
    }
}

/// What makes a place that very one, in the words that guests are told.
pub(crate) fn with<'a>(stored: &'a Stored, agent: Option<i64>, reasons: [&'a Option<String>; 3]) -> &'a str {
    let reason = reasons.into_iter().find_map(Option::as_deref);
    reason.unwrap_or_else(|| stored.name_of(agent))
}
