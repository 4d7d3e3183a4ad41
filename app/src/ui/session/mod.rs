//! Who is logged in. One place decides when to ask for a log-in: an answer `unauthorized` to any call, or a socket closed
//! for that reason, ends the session here. What was on screen stays there behind the log-in, and goes on in place when
//! the same member is back: sockets connect again, and what could not be loaded is asked for again.

mod state;

pub use state::State;

use super::browser;
use crate::api::{ApiError, session};
use domain::Rule;
use domain::member::Me;
use leptos::prelude::*;
use leptos::task::spawn_local;
use state::{Happening, is_over};

/// Written at each log-in, so that the other tabs of this browser hear of it.
const LOGGED_IN_AT: &str = "seatline.logged_in_at";

/// The session; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    state: RwSignal<State>,
    /// Counts log-ins and log-outs. A call that began before the last of them knows nothing of the session there is now.
    era: StoredValue<u32>,
    /// Counts the times that a member has come back to what was on screen.
    returns: RwSignal<u32>,
}

impl Session {
    /// Asks the server who is logged in, unless the page came with the word that nobody is.
    pub fn start() -> Self {
        let nobody = browser::root_attribute("data-session").as_deref() == Some("none");
        let session = Self {
            state: RwSignal::new(if nobody { State::LoggedOut } else { State::Checking }),
            era: StoredValue::new(0),
            returns: RwSignal::new(0),
        };
        if !nobody {
            session.check();
        }
        let elsewhere = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(LOGGED_IN_AT) {
                session.check();
            }
        });
        on_cleanup(move || elsewhere.remove());
        session
    }

    pub fn state(self) -> State {
        self.state.get()
    }

    /// The session was over, and the same member has logged in again; tracked.
    pub fn returns(self) -> u32 {
        self.returns.get()
    }

    /// Nobody is logged in any more, so that asking for anything is in vain until somebody is.
    pub fn is_over(self) -> bool {
        matches!(self.state.try_get_untracked(), Some(State::Ended(_) | State::LoggedOut))
    }

    /// Asks the server whether the session is still good.
    pub fn check(self) {
        spawn_local(async move {
            let era = self.era.get_value();
            let answer = session::current().await;
            if self.era.try_get_value() == Some(era) {
                self.happened(Happening::Answered(answer));
            }
        });
    }

    pub fn check_again(self) {
        self.happened(Happening::AskedAgain);
        self.check();
    }

    pub fn logged_in(self, me: Me) {
        browser::store(LOGGED_IN_AT, &browser::now_ms().to_string());
        self.era.update_value(|era| *era += 1);
        self.happened(Happening::Answered(Ok(me)));
    }

    /// The server says that nobody is logged in.
    pub fn end(self) {
        self.happened(Happening::Refused);
    }

    fn happened(self, happening: Happening) {
        let before = self.state.get_untracked();
        let now = before.clone().after(happening);
        if now == before {
            return;
        }
        let came_back = match (&before, &now) {
            (State::Ended(before), State::LoggedIn(now)) => before == now,
            _ => false,
        };
        self.state.set(now);
        if came_back {
            self.returns.update(|returns| *returns += 1);
        }
    }

    /// Makes a call and notices if the session is over.
    pub async fn call<T>(self, call: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
        let era = self.era.try_get_value();
        let answer = call.await;
        let of_now = era.is_some() && self.era.try_get_value() == era;
        if of_now && matches!(&answer, Err(error) if is_over(error)) {
            self.end();
        }
        answer
    }

    /// Logs out. A session that cannot be ended now is still there after a reload, so the error is shown by the caller.
    pub async fn log_out(self) -> Result<(), ApiError> {
        match session::logout().await {
            Err(error) if !is_over(&error) => Err(error),
            Ok(()) | Err(_) => {
                self.era.update_value(|era| *era += 1);
                self.happened(Happening::LoggedOut);
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
