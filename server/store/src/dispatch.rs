//! What the dispatcher is rebuilt from at start.

use crate::conversation::open_placements_each;
use crate::db::{Conn, fetch_all};
use crate::word::{from_word, narrow};
use crate::{Store, StoreError};
use domain::{AgentSpec, ConversationId, GroupId, GroupSpec, MemberId, Placement, Rule, Timestamp};

/// Service times read for each group.
const SERVICE_TIMES_MAX: i64 = 20;

/// Everything dispatch works on.
#[derive(Clone, Debug)]
pub struct DispatchRows {
    pub groups: Vec<GroupSpec>,
    pub agents: Vec<AgentSpec>,
    /// Of the conversations that are not closed, in order of arrival. One whose row cannot be read, as one that names no
    /// place or two, is left out and logged, so that it stops nobody else; `seatline doctor` tells of it as well.
    pub placements: Vec<Placement>,
    /// How long the last seatings of each group took that ended for good, in milliseconds, oldest first, at most 20.
    pub service_times: Vec<(GroupId, Vec<i64>)>,
}

#[derive(sqlx::FromRow)]
struct AgentRow {
    id: i64,
    seats: i64,
    duty: String,
    last_seated_at: i64,
}

/// Agents are enabled members whom an auth group lets serve.
macro_rules! select_agents {
    ($rest:literal) => {
        concat!(
            "SELECT member.id, member.seats, member.duty, member.last_seated_at FROM member \
             WHERE NOT member.disabled AND EXISTS ( \
                 SELECT 1 FROM auth_group_access access \
                 JOIN auth_group_rule link ON link.auth_group_id = access.auth_group_id \
                 JOIN auth_rule ON auth_rule.id = link.auth_rule_id \
                 WHERE access.member_id = member.id AND auth_rule.name = $1) ",
            $rest
        )
    };
}

impl Store {
    pub async fn load_dispatch(&self) -> Result<DispatchRows, StoreError> {
        let groups = self.groups().await?;
        let agents = self.agents().await?;
        let mut conn = self.read().await?;
        let placements = readable(open_placements_each(conn.run()).await?)?;
        let mut service_times = Vec::with_capacity(groups.len());
        for group in &groups {
            // A look into an index for each of the few groups, where a window function would read all the past.
            service_times.push((group.id, read_service_times(&mut conn, group.id).await?));
        }
        Ok(DispatchRows {
            groups,
            agents,
            placements,
            service_times,
        })
    }

    /// All who may serve, by id.
    pub async fn agents(&self) -> Result<Vec<AgentSpec>, StoreError> {
        let mut conn = self.read().await?;
        let serve = Rule::ConversationServe.name();
        let rows = fetch_all!(conn, AgentRow, select_agents!("ORDER BY member.id"), serve)?;
        let sql = "SELECT member_id, member_group_id FROM member_group_access ORDER BY member_group_id";
        let access = fetch_all!(conn, (i64, i64), sql)?;
        rows.into_iter().map(|row| row.into_spec(&access)).collect()
    }

    /// The agent, unless the member may not serve.
    pub async fn agent(&self, member: MemberId) -> Result<Option<AgentSpec>, StoreError> {
        let mut conn = self.read().await?;
        let serve = Rule::ConversationServe.name();
        let rows = fetch_all!(conn, AgentRow, select_agents!("AND member.id = $2"), serve, member.0)?;
        let sql =
            "SELECT member_id, member_group_id FROM member_group_access WHERE member_id = $1 ORDER BY member_group_id";
        let access = fetch_all!(conn, (i64, i64), sql, member.0)?;
        rows.into_iter().next().map(|row| row.into_spec(&access)).transpose()
    }
}

impl AgentRow {
    /// With `access`: pairs of member and member group, in order of the groups.
    fn into_spec(self, access: &[(i64, i64)]) -> Result<AgentSpec, StoreError> {
        Ok(AgentSpec {
            id: MemberId(self.id),
            seats: narrow("a number of seats", self.seats)?,
            duty: from_word("a duty", &self.duty)?,
            groups: access
                .iter()
                .filter(|(id, _)| *id == self.id)
                .map(|(_, group)| GroupId(*group))
                .collect(),
            last_seated_at: Timestamp(self.last_seated_at),
        })
    }
}

/// The placements of the rows that can be read.
fn readable(rows: Vec<(ConversationId, Result<Placement, StoreError>)>) -> Result<Vec<Placement>, StoreError> {
    let mut placements = Vec::with_capacity(rows.len());
    for (conversation, read) in rows {
        match read {
            Ok(placement) => placements.push(placement),
            Err(error @ StoreError::Unreadable { .. }) => {
                tracing::error!(%conversation, %error, "a conversation is left out: its row cannot be read");
            }
            Err(other) => return Err(other),
        }
    }
    Ok(placements)
}

async fn read_service_times(conn: &mut Conn, group: GroupId) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT service_ms FROM conversation WHERE group_id = $1 AND service_ms IS NOT NULL
               ORDER BY since DESC LIMIT $2";
    let rows = fetch_all!(conn, (i64,), sql, group.0, SERVICE_TIMES_MAX)?;
    Ok(rows.into_iter().rev().map(|(ms,)| ms).collect())
}
