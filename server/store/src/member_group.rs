//! Member groups: teams that guests are routed to, and their rules of dispatch.

use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::word::narrow;
use crate::{Field, Store, StoreError};
use domain::member::MemberGroup;
use domain::{GroupId, GroupSpec, MemberId};
use std::collections::BTreeSet;

/// What can be said of a member group when it is created or changed; replaces all of it.
#[derive(Clone, Debug)]
pub struct GroupUpdate {
    pub name: String,
    pub members: Vec<MemberId>,
}

/// A member group as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupUpdated {
    pub group: MemberGroup,
    /// Who joined it or left it, by id.
    pub moved: Vec<MemberId>,
}

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
        let sql = "SELECT id, name, version FROM member_group ORDER BY id";
        let groups = fetch_all!(conn, (i64, Text, i64), sql)?;
        let sql = "SELECT member_group_id, member_id FROM member_group_access ORDER BY member_id";
        let access = fetch_all!(conn, (i64, i64), sql)?;
        let members = |id: i64| {
            access
                .iter()
                .filter(|(group, _)| *group == id)
                .map(|(_, member)| MemberId(*member))
                .collect()
        };
        Ok(groups
            .into_iter()
            .map(|(id, name, version)| MemberGroup {
                id: GroupId(id),
                name: name.0,
                members: members(id),
                version,
            })
            .collect())
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the name, [`StoreError::Unknown`] about the members.
    pub async fn create_member_group(&self, new: &GroupUpdate) -> Result<MemberGroup, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "INSERT INTO member_group (name) VALUES ($1) RETURNING id";
        let (id,) = fetch_one!(tx, (i64,), sql, Text::of(&new.name))?;
        let updated = set_members(&mut tx, GroupId(id), new).await?;
        tx.commit().await?;
        Ok(updated.group)
    }

    /// `version` is the one that the change was made from; `None` for whichever it is now.
    ///
    /// # Errors
    /// [`StoreError::Outdated`], [`StoreError::Conflict`] about the name, [`StoreError::Unknown`] about the members.
    pub async fn update_member_group(
        &self,
        id: GroupId,
        version: Option<i64>,
        update: &GroupUpdate,
    ) -> Result<Option<GroupUpdated>, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE member_group SET name = $2, version = version + 1
                   WHERE id = $1 AND version = COALESCE(CAST($3 AS BIGINT), version)";
        if execute!(tx, sql, id.0, Text::of(&update.name), version)? == 0 {
            return match fetch_optional!(tx, (i64,), "SELECT id FROM member_group WHERE id = $1", id.0)? {
                Some(_) => Err(StoreError::Outdated),
                None => Ok(None),
            };
        }
        let updated = set_members(&mut tx, id, update).await?;
        tx.commit().await?;
        Ok(Some(updated))
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

/// Has exactly these members in the group; who joins it or leaves it gets their next version, too. Each is looked up by the statement that inserts, so that one who is not there
/// can be told by the field's name.
async fn set_members(tx: &mut Tx, id: GroupId, update: &GroupUpdate) -> Result<GroupUpdated, StoreError> {
    let sql = "SELECT member_id FROM member_group_access WHERE member_group_id = $1";
    let before: BTreeSet<i64> = fetch_all!(tx, (i64,), sql, id.0)?.into_iter().map(|(id,)| id).collect();
    let after: BTreeSet<i64> = update.members.iter().map(|member| member.0).collect();
    for member in before.symmetric_difference(&after) {
        execute!(tx, "UPDATE member SET version = version + 1 WHERE id = $1", *member)?;
    }
    for member in before.difference(&after) {
        let sql = "DELETE FROM member_group_access WHERE member_group_id = $1 AND member_id = $2";
        execute!(tx, sql, id.0, *member)?;
    }
    for member in after.difference(&before) {
        let sql =
            "INSERT INTO member_group_access (member_id, member_group_id) SELECT id, $1 FROM member WHERE id = $2";
        if execute!(tx, sql, id.0, *member)? == 0 {
            return Err(StoreError::Unknown { field: Field::Members });
        }
    }
    let (version,) = fetch_one!(tx, (i64,), "SELECT version FROM member_group WHERE id = $1", id.0)?;
    Ok(GroupUpdated {
        moved: before.symmetric_difference(&after).copied().map(MemberId).collect(),
        group: MemberGroup {
            id,
            name: update.name.clone(),
            members: after.into_iter().map(MemberId).collect(),
            version,
        },
    })
}
