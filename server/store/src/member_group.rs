//! Member groups: teams that guests are routed to, and their rules of dispatch.

use crate::db::{execute, fetch_all, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::word::narrow;
use crate::{Store, StoreError};
use domain::member::MemberGroup;
use domain::{GroupId, GroupSpec, MemberId};

#[derive(sqlx::FromRow)]
struct SpecRow {
    id: i64,
    last_agent_first: bool,
    line_max: Option<i64>,
    wait_ms_max: Option<i64>,
    overflow_group_id: Option<i64>,
}

macro_rules! select_specs {
    ($rest:literal) => {
        concat!(
            "SELECT id, last_agent_first, line_max, wait_ms_max, overflow_group_id FROM member_group ",
            $rest
        )
    };
}

impl Store {
    /// All member groups with their members, by id.
    pub async fn member_groups(&self) -> Result<Vec<MemberGroup>, StoreError> {
        let mut conn = self.read().await?;
        let names = fetch_all!(conn, (i64, Text), "SELECT id, name FROM member_group ORDER BY id")?;
        let sql = "SELECT member_group_id, member_id FROM member_group_access ORDER BY member_id";
        let access = fetch_all!(conn, (i64, i64), sql)?;
        let members = |id: i64| {
            access
                .iter()
                .filter(|(group, _)| *group == id)
                .map(|(_, member)| MemberId(*member))
                .collect()
        };
        Ok(names
            .into_iter()
            .map(|(id, name)| MemberGroup {
                id: GroupId(id),
                name: name.0,
                members: members(id),
            })
            .collect())
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the name.
    pub async fn create_member_group(&self, name: &str) -> Result<MemberGroup, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "INSERT INTO member_group (name) VALUES ($1) RETURNING id";
        let (id,) = fetch_one!(tx, (i64,), sql, Text::of(name))?;
        tx.commit().await?;
        Ok(MemberGroup {
            id: GroupId(id),
            name: name.to_owned(),
            members: Vec::new(),
        })
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the name.
    pub async fn rename_member_group(&self, id: GroupId, name: &str) -> Result<Option<MemberGroup>, StoreError> {
        let mut tx = self.begin().await?;
        if execute!(
            tx,
            "UPDATE member_group SET name = $2 WHERE id = $1",
            id.0,
            Text::of(name)
        )? == 0
        {
            return Ok(None);
        }
        let sql = "SELECT member_id FROM member_group_access WHERE member_group_id = $1 ORDER BY member_id";
        let members = fetch_all!(tx, (i64,), sql, id.0)?;
        tx.commit().await?;
        let members = members.into_iter().map(|(member,)| MemberId(member)).collect();
        Ok(Some(MemberGroup {
            id,
            name: name.to_owned(),
            members,
        }))
    }

    /// Every group's name, by id.
    pub async fn group_names(&self) -> Result<Vec<(GroupId, String)>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(conn, (i64, Text), "SELECT id, name FROM member_group ORDER BY id")?;
        Ok(rows.into_iter().map(|(id, name)| (GroupId(id), name.0)).collect())
    }

    /// Every group's rules of dispatch, by id.
    pub async fn groups(&self) -> Result<Vec<GroupSpec>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(conn, SpecRow, select_specs!("ORDER BY id"))?;
        rows.into_iter().map(SpecRow::into_spec).collect()
    }

    pub async fn group(&self, id: GroupId) -> Result<Option<GroupSpec>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, SpecRow, select_specs!("WHERE id = $1"), id.0)?;
        row.map(SpecRow::into_spec).transpose()
    }

    /// Replaces a group's rules of dispatch. False if there is no such group.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such group to overflow to.
    pub async fn update_group_spec(&self, spec: &GroupSpec) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let done = execute!(
            tx,
            "UPDATE member_group
             SET last_agent_first = $2, line_max = $3, wait_ms_max = $4, overflow_group_id = $5 WHERE id = $1",
            spec.id.0,
            spec.last_agent_first,
            spec.line_max.map(i64::from),
            spec.wait_ms_max,
            spec.overflow.map(|group| group.0),
        )?;
        tx.commit().await?;
        Ok(done > 0)
    }
}

impl SpecRow {
    fn into_spec(self) -> Result<GroupSpec, StoreError> {
        Ok(GroupSpec {
            id: GroupId(self.id),
            last_agent_first: self.last_agent_first,
            line_max: self.line_max.map(|max| narrow("a longest line", max)).transpose()?,
            wait_ms_max: self.wait_ms_max,
            overflow: self.overflow_group_id.map(GroupId),
        })
    }
}
