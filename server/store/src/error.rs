//! What can go wrong, one sentence each.

use crate::Loss;
use sqlx::error::ErrorKind;
use sqlx::sqlite::SqliteError;
use std::fmt;
use std::path::PathBuf;

/// Why the store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    // When a database is opened.
    #[error("cannot write the database file {}: {why}", path.display())]
    Unwritable { path: PathBuf, why: String },
    #[error("cannot read {}: {why}", path.display())]
    Forbidden { path: PathBuf, why: String },
    #[error("the database file {} is damaged: {why}", path.display())]
    Damaged { path: PathBuf, why: String },
    #[error("the file {} is a database of some other program", path.display())]
    NotSeatline { path: PathBuf },
    #[error("there is no database at {}", path.display())]
    Absent { path: PathBuf },
    /// There was one, and a new, empty one in its place would only hide that.
    #[error(
        "the database file {} is gone: {trace} was left by a server that used it. Put the file back, or restore a backup with \
         `seatline restore`; to begin anew with an empty database, start once with --new",
        path.display()
    )]
    Gone { path: PathBuf, trace: String },
    #[error("there is a database at {}: --new is for the start after one is gone, and only for that one", path.display())]
    NotGone { path: PathBuf },
    #[error("the database is not one of Seatline's")]
    Foreign,
    #[error(
        "the database was set up by a newer version of Seatline (it has migration {version}, which this version does not know)"
    )]
    Newer { version: i64 },
    #[error("migration {version} of the database is not the one that this version of Seatline carries")]
    Altered { version: i64 },
    #[error("{database} is in use by another seatline that is running")]
    InUse { database: String },
    #[error("PostgreSQL at {server} cannot be reached: {why}")]
    Unreachable { server: String, why: String },
    #[error("the database at {server} cannot be used: {why}")]
    Unsuitable { server: String, why: String },
    #[error("the database URL is not valid: {why}")]
    BadUrl { why: String },

    // When it is used.
    /// It is not the one any more that was opened.
    #[error(transparent)]
    Lost(#[from] Loss),
    /// Another row has that already.
    #[error("this {field} is taken")]
    Conflict { field: Field },
    /// A row that is referred to does not exist.
    #[error("this {field} does not exist")]
    Unknown { field: Field },
    /// The placement to be stored follows from one that is no longer the stored one.
    #[error("the conversation has moved on")]
    Stale,
    /// It was changed since the version that the change was made from.
    #[error("it has been changed meanwhile")]
    Outdated,
    /// Nobody who is enabled could edit members any more.
    #[error("nobody would be left who can edit members")]
    LastEditor,
    /// A stored value is not one that this version writes.
    #[error("the database holds {what} that this version cannot read: {value}")]
    Unreadable { what: &'static str, value: String },
    /// The database does not answer, or has no room; the same may succeed later.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    #[error("the database refused: {0}")]
    Database(#[source] sqlx::Error),
}

/// The value a [`StoreError::Conflict`] or [`StoreError::Unknown`] is about, by the name it has in forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Login,
    Name,
    Key,
    Group,
    Groups,
    AuthGroups,
    Members,
    /// The identity of something that is stored already, or of something referred to.
    Id,
}

impl Field {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Name => "name",
            Self::Key => "key",
            Self::Group => "group",
            Self::Groups => "groups",
            Self::AuthGroups => "auth_groups",
            Self::Members => "members",
            Self::Id => "id",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The unique values a form can clash with: the column as SQLite names it in the message, the constraint as PostgreSQL
/// names it, and the field of the form.
const UNIQUE: &[(&str, &str, Field)] = &[
    ("member.login_key", "member_login_key_key", Field::Login),
    ("member_group.name", "member_group_name_key", Field::Name),
    ("auth_group.name", "auth_group_name_key", Field::Name),
    ("site.key", "site_key_key", Field::Key),
];

fn unique_field(error: &dyn sqlx::error::DatabaseError) -> Field {
    UNIQUE
        .iter()
        .find(|(column, constraint, _)| match error.constraint() {
            Some(name) => name == *constraint,
            None => error.message().ends_with(&format!(": {column}")),
        })
        .map_or(Field::Id, |(_, _, field)| *field)
}

/// The primary result code, if it is SQLite's error: <https://sqlite.org/rescode.html>.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let sqlx::Error::Database(error) = error else {
        return None;
    };
    let error: &dyn sqlx::error::DatabaseError = error.try_downcast_ref::<SqliteError>()?;
    error.code()?.parse::<i32>().ok().map(|code| code & 0xff)
}

const SQLITE_BUSY: i32 = 5;
pub(crate) const SQLITE_IOERR: i32 = 10;
pub(crate) const SQLITE_READONLY: i32 = 8;
pub(crate) const SQLITE_CANTOPEN: i32 = 14;
pub(crate) const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
pub(crate) const SQLITE_NOTADB: i32 = 26;

/// Whether the same may succeed later: SQLite's file is locked, its disk fails or is full; PostgreSQL's SQLSTATE is of
/// the classes connection exception, insufficient resources or operator intervention.
fn is_passing(error: &sqlx::Error, code: Option<&str>) -> bool {
    match sqlite_code(error) {
        Some(code) => matches!(code, SQLITE_BUSY | SQLITE_IOERR | SQLITE_FULL),
        None => code.is_some_and(|code| ["08", "53", "57"].iter().any(|class| code.starts_with(class))),
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Conflict {
                    field: unique_field(database.as_ref()),
                },
                ErrorKind::ForeignKeyViolation => Self::Unknown { field: Field::Id },
                _ if is_passing(&error, database.code().as_deref()) => Self::Unavailable(error),
                _ => Self::Database(error),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_states_of_postgresql_pass() {
        let not_sqlite = sqlx::Error::RowNotFound;
        for (code, passing) in [
            ("57P01", true),
            ("08006", true),
            ("53100", true),
            ("42601", false),
            ("23514", false),
        ] {
            assert_eq!(is_passing(&not_sqlite, Some(code)), passing, "{code}");
        }
        assert!(!is_passing(&not_sqlite, None));
    }
}
