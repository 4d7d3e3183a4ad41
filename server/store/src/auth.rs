//! Auth groups and rules: who may do what.

use crate::db::{Tx, execute, fetch_all, fetch_one};
use crate::encode::Text;
use crate::{Field, Store, StoreError};
use domain::member::AuthGroup;
use domain::{AuthGroupId, MemberId, Rule};

impl Store {
    /// All auth groups with their rules, by id.
    pub async fn auth_groups(&self) -> Result<Vec<AuthGroup>, StoreError> {
        let mut conn = self.read().await?;
        let names = fetch_all!(conn, (i64, Text), "SELECT id, name FROM auth_group ORDER BY id")?;
        let sql = "SELECT link.auth_group_id, auth_rule.name FROM auth_group_rule link
                   JOIN auth_rule ON auth_rule.id = link.auth_rule_id";
        let links = fetch_all!(conn, (i64, String), sql)?;
        let rules = |id: i64| {
            sorted(
                links
                    .iter()
                    .filter(|(group, _)| *group == id)
                    .map(|(_, rule)| rule.as_str()),
            )
        };
        Ok(names
            .into_iter()
            .map(|(id, name)| AuthGroup {
                id: AuthGroupId(id),
                name: name.0,
                rules: rules(id),
            })
            .collect())
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the name.
    pub async fn create_auth_group(&self, name: &str, rules: &[Rule]) -> Result<AuthGroup, StoreError> {
        let mut tx = self.begin().await?;
        let id = insert_group(&mut tx, name).await?;
        set_rules(&mut tx, id, rules).await?;
        tx.commit().await?;
        Ok(auth_group(id, name, rules))
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the name.
    pub async fn update_auth_group(
        &self,
        id: AuthGroupId,
        name: &str,
        rules: &[Rule],
    ) -> Result<Option<AuthGroup>, StoreError> {
        let mut tx = self.begin().await?;
        if execute!(
            tx,
            "UPDATE auth_group SET name = $2 WHERE id = $1",
            id.0,
            Text::of(name)
        )? == 0
        {
            return Ok(None);
        }
        set_rules(&mut tx, id, rules).await?;
        tx.commit().await?;
        Ok(Some(auth_group(id, name, rules)))
    }

    /// What an enabled member may do: sorted, without repeats.
    pub async fn rules_of(&self, member: MemberId) -> Result<Vec<Rule>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT DISTINCT auth_rule.name FROM auth_group_access access
                   JOIN auth_group_rule link ON link.auth_group_id = access.auth_group_id
                   JOIN auth_rule ON auth_rule.id = link.auth_rule_id
                   JOIN member ON member.id = access.member_id
                   WHERE access.member_id = $1 AND NOT member.disabled";
        let names = fetch_all!(conn, (String,), sql, member.0)?;
        Ok(sorted(names.iter().map(|(name,)| name.as_str())))
    }
}

/// Rules by their names. A name that this version does not know is left out: it permits nothing here, and goes at the
/// next start.
fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = names.filter_map(Rule::from_name).collect();
    rules.sort_unstable();
    rules
}

fn auth_group(id: AuthGroupId, name: &str, rules: &[Rule]) -> AuthGroup {
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    rules.dedup();
    AuthGroup {
        id,
        name: name.to_owned(),
        rules,
    }
}

/// How many enabled members may edit members. Whoever changes that waits here for others who do, so that two who take each
/// other's rights do not both succeed.
pub(crate) async fn editors(tx: &mut Tx) -> Result<i64, StoreError> {
    let rule = Rule::MemberEdit.name();
    execute!(tx, "UPDATE auth_rule SET name = name WHERE name = $1", rule)?;
    let sql = "SELECT COUNT(DISTINCT member.id) FROM auth_group_access access
               JOIN auth_group_rule link ON link.auth_group_id = access.auth_group_id
               JOIN auth_rule ON auth_rule.id = link.auth_rule_id
               JOIN member ON member.id = access.member_id
               WHERE auth_rule.name = $1 AND NOT member.disabled";
    Ok(fetch_one!(tx, (i64,), sql, rule)?.0)
}

/// # Errors
/// [`StoreError::LastEditor`] if there were such members before a change, and none are left.
pub(crate) async fn keep_an_editor(tx: &mut Tx, before: i64) -> Result<(), StoreError> {
    if before > 0 && editors(tx).await? == 0 {
        return Err(StoreError::LastEditor);
    }
    Ok(())
}

pub(crate) async fn insert_group(tx: &mut Tx, name: &str) -> Result<AuthGroupId, StoreError> {
    let sql = "INSERT INTO auth_group (name) VALUES ($1) RETURNING id";
    let (id,) = fetch_one!(tx, (i64,), sql, Text::of(name))?;
    Ok(AuthGroupId(id))
}

async fn set_rules(tx: &mut Tx, id: AuthGroupId, rules: &[Rule]) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM auth_group_rule WHERE auth_group_id = $1", id.0)?;
    for rule in rules {
        if link_rule(tx, id, *rule).await? == 0 {
            return Err(StoreError::Unknown { field: Field::Id });
        }
    }
    Ok(())
}

/// How many rows it concerned: 0 if the table has no such rule, which the first start has put there.
pub(crate) async fn link_rule(tx: &mut Tx, group: AuthGroupId, rule: Rule) -> Result<u64, StoreError> {
    let sql = "INSERT INTO auth_group_rule (auth_group_id, auth_rule_id) SELECT $1, id FROM auth_rule WHERE name = $2
               ON CONFLICT (auth_group_id, auth_rule_id) DO UPDATE SET auth_rule_id = excluded.auth_rule_id";
    execute!(tx, sql, group.0, rule.name())
}
