//! The way to PostgreSQL: the URL, one connection, and whether what answers is something Seatline can work with.

use crate::StoreError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, Row as _};
use std::str::FromStr as _;
use std::time::Duration;
use tokio::time::timeout;

/// How long to wait for a free connection, and for PostgreSQL to answer at all.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);

/// The connections that a store opens if it is not told how many. A server has two more: one for its lock, and one that looks
/// at its start whether all is as it must be.
pub(crate) const POOLED: u32 = 10;

/// How often it is looked whether a session is shared.
const LOOKS: u32 = 4;

/// What a password must have written otherwise in a URL.
const ENCODED: &str = "%23 for #, %2F for /, %3F for ?, %40 for @, %25 for %";

/// One connection, or the reason why there is none.
pub(crate) async fn connect(url: &str) -> Result<(PgConnectOptions, PgConnection), StoreError> {
    // PgBouncer knows no `extra_float_digits`, which the driver would set otherwise.
    let options = parse(url)?.application_name("seatline").extra_float_digits(None::<i8>);
    let unreachable = |why: String| StoreError::Unreachable {
        server: server_name(&options),
        why,
    };
    match timeout(CONNECT, options.connect()).await {
        Ok(Ok(conn)) => Ok((options, conn)),
        Ok(Err(sqlx::Error::Database(error))) => Err(unreachable(error.message().to_owned())),
        Ok(Err(sqlx::Error::Tls(error))) => Err(unreachable(format!("TLS failed: {error}"))),
        // A certificate that was not accepted.
        Ok(Err(sqlx::Error::Io(error))) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(unreachable(format!("TLS failed: {error}")))
        }
        Ok(Err(error)) => Err(unreachable(error.to_string())),
        Err(_) => Err(unreachable("no answer".to_owned())),
    }
}

/// A connection to write with, after a look whether that can be done.
pub(crate) async fn connect_to_write(url: &str) -> Result<(PgConnectOptions, PgConnection), StoreError> {
    let (options, mut conn) = connect(url).await?;
    let unsuitable = |why: String| StoreError::Unsuitable {
        server: server_name(&options),
        why,
    };
    // As plain text: a pooler may not know of prepared statements.
    let sql =
        "SELECT pg_is_in_recovery(), current_setting('transaction_read_only'), current_setting('server_encoding')";
    let row = timeout(CONNECT, conn.fetch_one(sqlx::raw_sql(sql))).await;
    // A pooler lets everybody in, also where it has no session for them.
    let row = row.map_err(|_| StoreError::Unreachable {
        server: server_name(&options),
        why: "no answer".to_owned(),
    })??;
    if row.try_get::<bool, _>(0)? {
        return Err(unsuitable(
            "it is a standby, which cannot be written to; name the primary".to_owned(),
        ));
    }
    if row.try_get::<String, _>(1)? != "off" {
        let why = "transactions are read-only there (default_transaction_read_only); allow this role to write";
        return Err(unsuitable(why.to_owned()));
    }
    let encoding: String = row.try_get(2)?;
    if encoding != "UTF8" {
        return Err(unsuitable(format!(
            "it stores text as {encoding}, which cannot hold every language; make the database with \
             CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )));
    }
    refuse_shared(&options, &mut conn).await?;
    Ok((options, conn))
}

/// Refuses a pooler such as `PgBouncer` in transaction mode, behind which two servers could believe that they hold the lock.
pub(crate) async fn refuse_shared(options: &PgConnectOptions, conn: &mut PgConnection) -> Result<(), StoreError> {
    let why = match timeout(CONNECT, is_shared(options, conn)).await {
        Ok(Ok(false)) => return Ok(()),
        Ok(Ok(true)) => {
            "a pooler before it hands sessions from one connection to the next (as PgBouncer with pool_mode = transaction), so \
             that no lock can be kept; name PostgreSQL itself, or a pool with pool_mode = session"
                .to_owned()
        }
        Ok(Err(sqlx::Error::Database(error))) if has_no_room(&*error) => too_few(error.message()),
        Ok(Err(error)) => return Err(error.into()),
        Err(_) => too_few("no answer"),
    };
    let server = server_name(options);
    Err(StoreError::Unsuitable { server, why })
}

/// PostgreSQL's `too_many_connections`, or the one code that `PgBouncer` has for whatever it says itself.
fn has_no_room(error: &dyn sqlx::error::DatabaseError) -> bool {
    error
        .code()
        .is_some_and(|code| ["53300", "08P01"].contains(&code.as_ref()))
}

fn too_few(why: &str) -> String {
    let needed = POOLED + 2;
    format!(
        "there is no second connection to it ({why}); Seatline needs up to {needed}, which it and a pooler before it must have room for"
    )
}

/// Whether what is set in the connection is forgotten in time, or the session behind it is another one's as well. Between
/// two questions a pooler gives the session back to where it takes the next one from: the last one that came back, or each
/// in turn, or any, if there are others who ask at the same time; so it is looked at more than once.
async fn is_shared(options: &PgConnectOptions, conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let mark = "SELECT set_config('seatline.session', CAST(pg_backend_pid() AS TEXT), false)";
    let first: String = conn.fetch_one(sqlx::raw_sql(mark)).await?.try_get(0)?;
    let mut second = options.connect().await?;
    for _ in 0..LOOKS {
        if session(&mut second).await?.0 == first {
            return Ok(true);
        }
        for _ in 0..2 {
            let (now, marked) = session(conn).await?;
            if now != first || marked != first {
                return Ok(true);
            }
        }
    }
    second.close().await?;
    Ok(false)
}

/// The process that answers, and the mark that was set in it.
async fn session(conn: &mut PgConnection) -> Result<(String, String), sqlx::Error> {
    let sql = "SELECT CAST(pg_backend_pid() AS TEXT), COALESCE(current_setting('seatline.session', true), '')";
    let row = conn.fetch_one(sqlx::raw_sql(sql)).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

pub(crate) fn parse(url: &str) -> Result<PgConnectOptions, StoreError> {
    let bad = |why: String| StoreError::BadUrl { why };
    // The driver itself does not look at the scheme.
    let Some(rest) = ["postgres://", "postgresql://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme))
    else {
        return Err(bad("it does not begin with postgres://".to_owned()));
    };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, host) = authority
        .rsplit_once('@')
        .map_or((None, authority), |(user, host)| (Some(user), host));
    // Never said with any part of it, since that may be a part of the password.
    if user.is_some_and(|user| user.contains('@') || !is_encoded(user)) || tail.contains(['@', '#']) {
        return Err(bad(format!(
            "name and password must have some characters written otherwise: {ENCODED}"
        )));
    }
    // The driver wants a host where it is told a socket's folder by `?host=`.
    let url = match user {
        Some(user) if host.is_empty() => format!("postgres://{user}@localhost{tail}"),
        _ => url.to_owned(),
    };
    PgConnectOptions::from_str(&url).map_err(|error| match error {
        sqlx::Error::Configuration(why) => bad(why.to_string()),
        other => bad(other.to_string()),
    })
}

/// Whether each `%` begins a character.
fn is_encoded(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| {
        part.as_bytes()
            .get(..2)
            .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Host, port and database, without the password.
pub(crate) fn server_name(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or_default();
    match options.get_socket() {
        Some(socket) => format!("{}:{}/{database}", socket.display(), options.get_port()),
        None => format!("{}:{}/{database}", options.get_host(), options.get_port()),
    }
}

/// An error of a migration, in one sentence where it is about what the role may do.
pub(crate) fn not_allowed(options: &PgConnectOptions, error: StoreError) -> StoreError {
    let StoreError::Database(sqlx::Error::Database(cause)) = &error else {
        return error;
    };
    if cause.code().is_none_or(|code| code != "42501") {
        return error;
    }
    let role = options.get_username();
    StoreError::Unsuitable {
        server: server_name(options),
        why: format!(
            "{}; as its owner or a superuser, say GRANT CREATE, USAGE ON SCHEMA public TO \"{role}\", or make \"{role}\" the owner of \
             database and tables",
            cause.message()
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[test]
    fn a_password_that_is_not_encoded_is_refused_without_a_word_of_it() {
        for secret in ["hush#hush", "hush/hush", "hush?hush", "hush@hush", "hush%hush", "hush%"] {
            for tail in ["host/name", "host:5432/name?sslmode=require"] {
                let error = parse(&format!("postgres://me:{secret}@{tail}"))
                    .unwrap_err()
                    .to_string();
                assert!(error.contains("%40 for @") && !error.contains("hush"), "{error}");
            }
        }
        for fine in ["hush%23%2F%3F%40%25", "hush:hush", "h u s h"] {
            assert!(parse(&format!("postgres://me:{fine}@host/name")).is_ok(), "{fine}");
        }
    }

    #[test]
    fn a_socket_can_be_named_in_each_way() {
        for url in [
            "postgres:///name?host=/run/postgresql",
            "postgres://me@/name?host=/run/postgresql",
            "postgres://me:secret@/name?host=/run/postgresql",
            "postgres://me@localhost/name?host=/run/postgresql",
            "postgres://me@%2Frun%2Fpostgresql/name",
        ] {
            let options = parse(url).unwrap();
            assert_eq!(server_name(&options), "/run/postgresql:5432/name", "{url}");
        }
    }
}
