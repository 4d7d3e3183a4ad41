//! Whether it is a sound database of Seatline's, and of which version.

use super::snapshot::Snapshot;
use super::{Finding, Findings};
use crate::db::{Run, fetch_all, fetch_optional};
use crate::open::{APPLIED, known, ours};
use crate::{StoreError, error};

/// False if the other checks could not be understood.
pub(super) async fn check(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<bool, StoreError> {
    if !is_seatline(snapshot).await? {
        return Err(StoreError::Foreign);
    }
    let sound = check_file(snapshot, findings).await?;
    Ok(check_version(snapshot, findings).await? && sound)
}

async fn is_seatline(snapshot: &mut Snapshot) -> Result<bool, StoreError> {
    let sql = match snapshot.run() {
        Run::Sqlite(_) => "SELECT CAST(1 AS BIGINT) FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Run::Postgres(_) => "SELECT CAST(1 AS BIGINT) WHERE to_regclass('_sqlx_migrations') IS NOT NULL",
    };
    Ok(fetch_optional!(snapshot, (i64,), sql)?.is_some())
}

/// Every page, index and constraint of a file. PostgreSQL has no such question, and its own tools.
async fn check_file(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<bool, StoreError> {
    let Run::Sqlite(conn) = snapshot.run() else {
        return Ok(true);
    };
    // At most so many lines, of which the first ones say the most.
    let checked = sqlx::query_scalar("PRAGMA integrity_check(5)").fetch_all(conn).await;
    let lines: Vec<String> = checked?;
    let mut sound = true;
    for line in lines.into_iter().filter(|line| line != "ok") {
        // That a row breaks a constraint does not make the other rows unreadable.
        sound &= is_about_rows(&line);
        findings.add(Finding::Damaged { why: line });
    }
    Ok(sound)
}

/// "CHECK constraint failed in conversation", "NULL value in …", "non-unique entry in index …".
fn is_about_rows(line: &str) -> bool {
    ["CHECK constraint failed", "NULL value in", "non-unique entry"]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

async fn check_version(snapshot: &mut Snapshot, findings: &mut Findings) -> Result<bool, StoreError> {
    let migrator = ours(&snapshot.run());
    let applied: Vec<(i64, Vec<u8>)> = fetch_all!(snapshot, (i64, Vec<u8>), APPLIED)?;
    let pending: Vec<i64> = migrator
        .iter()
        .map(|migration| migration.version)
        .filter(|version| !applied.iter().any(|(done, _)| done == version))
        .collect();
    match known(migrator, applied) {
        Ok(()) => {}
        Err(error::StoreError::Newer { version }) => findings.add(Finding::SchemaNewer { version }),
        Err(error::StoreError::Altered { version }) => findings.add(Finding::SchemaAltered { version }),
        Err(other) => return Err(other),
    }
    let first_is_there = !pending
        .iter()
        .any(|version| Some(*version) == migrator.iter().map(|one| one.version).min());
    if !pending.is_empty() {
        findings.add(Finding::SchemaOlder { pending });
    }
    Ok(first_is_there)
}
