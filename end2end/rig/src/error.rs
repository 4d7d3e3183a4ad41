//! What stands in the way of a run, before anything can be said about Seatline.

use std::io;

#[derive(Debug, thiserror::Error)]
pub enum RigError {
    #[error("{what}: {source}")]
    Io {
        what: &'static str,
        #[source]
        source: io::Error,
    },
    #[error("there is no server at {path}: build it with `make build`, or name another in SEATLINE_BINARY")]
    NoBinary { path: String },
    #[error("the server did not start:\n{said}")]
    NotStarted { said: String },
    #[error("the server is not running")]
    NotRunning,
    #[error("SEATLINE_TEST_POSTGRES is not set: run this under scripts/with-postgres")]
    NoPostgres,
    #[error("{function} was answered {status}: {body}")]
    Refused {
        function: String,
        status: u16,
        body: String,
    },
    #[error("{0} did not happen in time")]
    Late(&'static str),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error("the connection ended: {0}")]
    Lost(#[from] crate::socket::Lost),
}

/// For `map_err`: an I/O error with what was being done.
pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> RigError {
    move |source| RigError::Io { what, source }
}
