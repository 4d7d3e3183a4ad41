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
use leptos::web_sys::BroadcastChannel;
use state::{Happening, is_over};
use std::cell::RefCell;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};

/// Tells the other tabs of this browser that somebody has logged in or out. It needs no room in the storage.
const CHANNEL: &str = "seatline.session";

/// The session; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    state: RwSignal<State>,
    /// Counts log-ins and log-outs. A call that began before the last of them knows nothing of the session there is now.
    era: StoredValue<u32>,
    /// Counts the times that a member has come back to what was on screen.
    returns: RwSignal<u32>,
}

thread_local! {
    static OTHERS: RefCell<Option<Others>> = const { RefCell::new(None) };
}

/// The other tabs.
struct Others {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut()>,
}

impl Others {
    fn listen(heard: impl FnMut() + 'static) -> Option<Self> {
        let (channel, heard) = (BroadcastChannel::new(CHANNEL).ok()?, Closure::new(heard));
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: heard })
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        self.channel.close();
    }
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
        OTHERS.set(Others::listen(move || session.check()));
        on_cleanup(|| OTHERS.set(None));
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
        self.changed();
        self.happened(Happening::Answered(Ok(me)));
    }

    fn changed(self) {
        self.era.update_value(|era| *era += 1);
        OTHERS.with_borrow(|others| {
            if let Some(others) = others {
                drop(others.channel.post_message(&JsValue::NULL));
            }
        });
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
                self.changed();
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
