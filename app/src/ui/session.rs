//! Who is logged in. One place decides when the log-in page shows: an answer `unauthorized` to any call, or a socket
//! closed for that reason, ends the session here; the address stays, so logging in leads back to the same place.

use crate::api::{ApiError, ErrorCode, session};
use domain::Rule;
use domain::member::Me;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The server has been asked.
    Checking,
    /// The server cannot be asked.
    Failed(ApiError),
    LoggedOut {
        /// There was a session, and it is over.
        ended: bool,
    },
    LoggedIn(Me),
}

/// The session; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Session(RwSignal<State>);

impl Session {
    /// Asks the server who is logged in.
    pub fn start() -> Self {
        let session = Self(RwSignal::new(State::Checking));
        session.check();
        session
    }

    pub fn state(self) -> State {
        self.0.get()
    }

    /// Asks the server whether the session is still good.
    pub fn check(self) {
        spawn_local(async move {
            let answer = session::current().await;
            let logged_in = matches!(self.0.get_untracked(), State::LoggedIn(_));
            match answer {
                Ok(me) => self.0.set(State::LoggedIn(me)),
                Err(error) if error.code == ErrorCode::Unauthorized => {
                    self.0.set(State::LoggedOut { ended: logged_in });
                }
                // Who is logged in stays so until the server says otherwise.
                Err(_) if logged_in => {}
                Err(error) => self.0.set(State::Failed(error)),
            }
        });
    }

    pub fn check_again(self) {
        self.0.set(State::Checking);
        self.check();
    }

    pub fn logged_in(self, me: Me) {
        self.0.set(State::LoggedIn(me));
    }

    /// The server says that nobody is logged in.
    pub fn end(self) {
        self.0.set(State::LoggedOut { ended: true });
    }

    /// Makes a call and notices if the session is over.
    pub async fn call<T>(self, call: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
        let answer = call.await;
        let logged_in = matches!(self.0.try_get_untracked(), Some(State::LoggedIn(_)));
        if logged_in && matches!(&answer, Err(error) if error.code == ErrorCode::Unauthorized) {
            self.end();
        }
        answer
    }

    /// Logs out. A session that cannot be ended now is still there after a reload, so the error is shown by the caller.
    pub async fn log_out(self) -> Result<(), ApiError> {
        match session::logout().await {
            Err(error) if error.code != ErrorCode::Unauthorized => Err(error),
            Ok(()) | Err(_) => {
                self.0.set(State::LoggedOut { ended: false });
                Ok(())
            }
        }
    }
}

pub fn use_session() -> Session {
    expect_context()
}

/// The member who is logged in, inside of what only they see.
pub fn use_me() -> Me {
    expect_context()
}

/// Whether they may.
pub fn may(rule: Rule) -> bool {
    use_me().may(rule)
}
