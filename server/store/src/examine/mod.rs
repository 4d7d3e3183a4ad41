//! Whether a database holds what it must: every invariant that can be seen in the rows, looked at without writing.
//!
//! All checks read one snapshot, so that a database in use is seen as it was at one moment: what a running server stores
//! together is seen together. Nothing is written, no migration is run, and no lock is held that a server would wait for.
//!
//! - [`snapshot`] opens either engine for that.
//! - [`schema`], [`keys`], [`messages`], [`open`] and [`record`] hold the checks, one subject each; their queries use no
//!   column that the first migration does not have.
//!
//! What is found is told as [`Finding`]s, which carry facts; the sentences are the caller's.

mod finding;
mod keys;
mod messages;
mod open;
mod record;
mod schema;
mod snapshot;

pub use finding::{Finding, Mark, Severity};

use crate::db::fetch_one;
use crate::error::{SQLITE_CORRUPT, SQLITE_NOTADB, sqlite_code};
use crate::{StoreConfig, StoreError};
use serde::Serialize;
use snapshot::Snapshot;

/// Findings of one kind that are told; more of the same seldom say more.
const TOLD_MAX: usize = 20;

/// What an examination came to.
#[derive(Clone, Debug, Serialize)]
pub struct Examination {
    pub findings: Vec<Finding>,
    /// There is more of some kind than is told.
    pub more: bool,
    pub contents: Contents,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Not closed.
    pub open_conversations: i64,
    pub conversations: i64,
    pub messages: i64,
}

/// What one check adds to.
#[derive(Debug, Default)]
struct Findings {
    found: Vec<Finding>,
    more: bool,
}

impl Findings {
    fn add(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Adds findings of one kind, of which at most so many are told.
    fn add_all(&mut self, findings: impl IntoIterator<Item = Finding>) {
        let mut findings = findings.into_iter();
        self.found.extend(findings.by_ref().take(TOLD_MAX));
        self.more |= findings.next().is_some();
    }
}

/// Rows asked for of each kind: one more than are told shows that there are more.
const ROWS_MAX: i64 = 21;

/// Looks at everything.
///
/// # Errors
/// The database cannot be read at all: it is not there, does not answer, or is not Seatline's. Damage, and a schema that
/// is not this version's, are findings and no errors.
pub async fn examine(config: &StoreConfig) -> Result<Examination, StoreError> {
    loop {
        let mut snapshot = Snapshot::open(config).await?;
        let examined = examine_snapshot(&mut snapshot).await;
        let stood_still = snapshot.close().await;
        // Whatever was read of a file that changed underneath means nothing.
        if stood_still {
            return examined;
        }
    }
}

async fn examine_snapshot(snapshot: &mut Snapshot) -> Result<Examination, StoreError> {
    let mut findings = Findings::default();
    let mut contents = Contents::default();
    if let Err(error) = check_all(snapshot, &mut findings, &mut contents).await {
        // SQLite says in the midst of a query that a page is no page.
        let damaged = damage(&error).ok_or(error)?;
        if !findings
            .found
            .iter()
            .any(|finding| matches!(finding, Finding::Damaged { .. }))
        {
            findings.add(damaged);
        }
    }
    Ok(Examination {
        findings: findings.found,
        more: findings.more,
        contents,
    })
}

async fn check_all(
    snapshot: &mut Snapshot,
    findings: &mut Findings,
    contents: &mut Contents,
) -> Result<(), StoreError> {
    if !schema::check(snapshot, findings).await? {
        return Ok(());
    }
    let sql = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN state <> 'closed' THEN 1 ELSE 0 END), 0) FROM conversation";
    (contents.conversations, contents.open_conversations) = fetch_one!(snapshot, (i64, i64), sql)?;
    (contents.messages,) = fetch_one!(snapshot, (i64,), "SELECT COUNT(*) FROM message")?;
    keys::check(snapshot, findings).await?;
    messages::check(snapshot, findings).await?;
    open::check(snapshot, findings).await?;
    record::check(snapshot, findings).await
}

fn damage(error: &StoreError) -> Option<Finding> {
    let (StoreError::Database(cause) | StoreError::Unavailable(cause)) = error else {
        return None;
    };
    let code = sqlite_code(cause)?;
    matches!(code, SQLITE_CORRUPT | SQLITE_NOTADB).then(|| Finding::Damaged {
        why: match cause {
            sqlx::Error::Database(error) => error.message().to_owned(),
            other => other.to_string(),
        },
    })
}
