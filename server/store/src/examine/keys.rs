//! Whether everything that is referred to is there.
//!
//! Both engines see to that when they write. A file that another program wrote to, or a dump that was loaded with its
//! constraints off, can be otherwise.

use super::snapshot::Snapshot;
use super::{Finding, Findings};
use crate::StoreError;
use crate::db::fetch_one;
use sqlx::AssertSqlSafe;

/// Every column that refers to the `id` of another table: table, column, that table. A test compares it with the schema.
pub(super) const KEYS: &[(&str, &str, &str)] = &[
    ("auth_group_rule", "auth_group_id", "auth_group"),
    ("auth_group_rule", "auth_rule_id", "auth_rule"),
    ("auth_group_access", "member_id", "member"),
    ("auth_group_access", "auth_group_id", "auth_group"),
    ("member_group", "overflow_group_id", "member_group"),
    ("member_group_access", "member_id", "member"),
    ("member_group_access", "member_group_id", "member_group"),
    ("duty_log", "member_id", "member"),
    ("session", "member_id", "member"),
    ("site", "group_id", "member_group"),
    ("guest", "site_id", "site"),
    ("guest", "last_agent_id", "member"),
    ("visit", "guest_id", "guest"),
    ("visit_page", "visit_id", "visit"),
    ("visit_page", "guest_id", "guest"),
    ("conversation", "site_id", "site"),
    ("conversation", "guest_id", "guest"),
    ("conversation", "group_id", "member_group"),
    ("conversation", "agent_id", "member"),
    ("conversation", "last_agent_id", "member"),
    ("message", "conversation_id", "conversation"),
    ("message", "member_id", "member"),
    ("seating", "conversation_id", "conversation"),
    ("seating", "agent_id", "member"),
    ("seating", "from_id", "member"),
];

pub(super) async fn check(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<(), StoreError> {
    for (table, column, parent) in KEYS {
        let sql = format!(
            "SELECT COUNT(*) FROM {table} child WHERE child.{column} IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = child.{column})"
        );
        let (rows,) = fetch_one!(snapshot, (i64,), AssertSqlSafe(sql))?;
        if rows > 0 {
            findings.add(Finding::Dangling {
                table,
                column,
                parent,
                rows,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use crate::{Store, StoreConfig};
    use sqlx::{Connection as _, SqliteConnection};

    #[tokio::test]
    async fn every_reference_of_the_schema_is_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seatline.db");
        Store::open(&StoreConfig::sqlite(&path)).await.unwrap().close().await;
        let mut conn = SqliteConnection::connect(&format!("sqlite://{}", path.display()))
            .await
            .unwrap();
        let sql = "SELECT tables.name, key.\"from\", key.\"table\" FROM sqlite_schema tables
                   JOIN pragma_foreign_key_list(tables.name) key WHERE tables.type = 'table'";
        let mut schema: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&mut conn).await.unwrap();
        schema.sort();
        let mut listed: Vec<_> = KEYS
            .iter()
            .map(|(table, column, parent)| ((*table).to_owned(), (*column).to_owned(), (*parent).to_owned()))
            .collect();
        listed.sort();
        assert_eq!(listed, schema);
    }
}
