//! A socket that keeps itself up: it says hello, shows signs of life, notices a dead peer, and connects again with
//! backoff. What the frames mean is its owner's business; it knows only that they are JSON. While nobody is logged in it
//! rests, and connects again when the member is back.
//!
//! Nothing is queued while the socket is down: [`Socket::send`] says so, and the owner, who knows what is worth repeating,
//! sends it again after the next hello. So nothing old ever reaches a new connection.

mod backoff;
mod connection;
mod inquiry;
mod vital;

pub use backoff::Backoff;

use super::newer::Newer;
use super::session::{Session, use_session};
use super::{browser, clock};
use crate::ui::reactive::effect;
use connection::Ended;
use domain::Timestamp;
use futures_channel::mpsc;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, pin_mut};
use gloo_timers::future::TimeoutFuture;
use inquiry::Inquiry;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::CloseCode;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt;

/// Frames that may wait for the browser to take them; it takes them at once.
const OUTBOX_MAX: usize = 256;

/// A restart does not take longer; after that it is an outage.
const RESTART_MS_MAX: i64 = 60_000;

/// How the connection is, as far as anybody can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The first attempt is under way.
    Connecting,
    /// The server has answered our hello.
    Online,
    /// The connection is lost; the next attempt begins at `at`, by the front end's clock.
    Lost { at: Timestamp, why: Outage },
    /// Lost, and an attempt is under way.
    Reconnecting,
    /// The server does not want us, and trying again would not change that. `None`: it sent what we cannot read.
    Refused(Option<CloseCode>),
}

/// Why there is no connection, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    #[default]
    Unknown,
    /// The server has said so.
    Restarting,
    /// The server can be asked, but no WebSocket comes through to it.
    Blocked,
    /// The server does not take the page for its own.
    WrongOrigin,
}

/// What a socket's owner is told, and asked.
pub struct Owner<F: Send + Sync + 'static, E> {
    /// The first frame of each connection.
    pub hello: Box<dyn Fn() -> F>,
    /// The frame that shows a sign of life.
    pub ping: F,
    /// Everything the server says.
    pub on_event: Box<dyn Fn(Socket<F>, E)>,
    /// The server says that nobody is logged in, or did not even let us in, which may be for the same reason.
    pub on_doubt: Box<dyn Fn(Option<CloseCode>)>,
}

impl<F: Send + Sync + 'static, E> fmt::Debug for Owner<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Owner")
    }
}

/// Something that happened outside of the connection.
enum Nudge {
    /// The page came back to the front, or the network came back: is the peer still there?
    LookAround,
    /// Drop the connection and connect again at once.
    Restart,
}

/// The handle. The connection ends when the view that opened it goes.
#[derive(Debug)]
pub struct Socket<F: Send + Sync + 'static> {
    link: RwSignal<Link>,
    outbox: StoredValue<Option<mpsc::Sender<F>>>,
    nudges: StoredValue<mpsc::Sender<Nudge>>,
    session: Session,
}

impl<F: Send + Sync + 'static> Clone for Socket<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for Socket<F> {}

impl<F: Serialize + Send + Sync + 'static> Socket<F> {
    /// Whose connection it is.
    pub const fn session(&self) -> Session {
        self.session
    }

    /// Connects to `path` of the host that served the page, and stays connected until the current view goes.
    pub fn open<E: DeserializeOwned + 'static>(path: &'static str, owner: Owner<F, E>) -> Self {
        let (sender, nudged) = mpsc::channel(4);
        let socket = Self {
            link: RwSignal::new(Link::Connecting),
            outbox: StoredValue::new(None),
            nudges: StoredValue::new(sender),
            session: use_session(),
        };
        effect(move || {
            if socket.session.returns() > 0 {
                socket.restart();
            }
        });
        let listeners = ["online", "offline", "pageshow", "focus"]
            .map(|event| window_event_listener_untyped(event, move |_| socket.nudge(Nudge::LookAround)));
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        spawn_local(socket.keep_up(path, owner, nudged, expect_context()));
        socket
    }

    pub fn link(self) -> Signal<Link> {
        self.link.into()
    }

    pub fn online(self) -> bool {
        self.link.try_get_untracked() == Some(Link::Online)
    }

    /// Hands a frame to the connection; false if there is none, and then the frame is not sent.
    #[must_use]
    pub fn send(self, frame: F) -> bool {
        self.online()
            && self
                .outbox
                .try_update_value(|outbox| outbox.as_mut().is_some_and(|outbox| outbox.try_send(frame).is_ok()))
                .unwrap_or(false)
    }

    /// Drops the connection, if there is one, and connects at once.
    pub fn restart(self) {
        self.nudge(Nudge::Restart);
    }

    fn nudge(self, nudge: Nudge) {
        // A full queue means that it is being nudged already.
        self.nudges.try_update_value(|nudges| drop(nudges.try_send(nudge)));
    }

    /// Whether the handle's owner is still there; once it is gone, so are the signals.
    fn set_link(self, link: Link) -> bool {
        self.link.try_set(link).is_none()
    }

    async fn keep_up<E: DeserializeOwned>(
        self,
        path: &'static str,
        owner: Owner<F, E>,
        mut nudged: mpsc::Receiver<Nudge>,
        newer: Newer,
    ) {
        let (mut backoff, mut farewell, mut inquiry) = (Backoff::new(), None, Inquiry::default());
        loop {
            let began = browser::now_ms();
            let ended = self.connect(path, &owner, &mut nudged, &mut backoff, newer).await;
            self.outbox.try_set_value(None);
            farewell = match ended {
                Ended::Closed(CloseCode::Restarting) => Some(browser::now_ms()),
                // It is not back yet.
                Ended::NotLetIn => farewell,
                _ => None,
            };
            let restarting = farewell.is_some_and(|at| browser::now_ms() - at < RESTART_MS_MAX);
            let why = match ended {
                _ if restarting => Outage::Restarting,
                Ended::NotLetIn => inquiry.ask(browser::now_ms() - began).await,
                _ => inquiry.forget(),
            };
            let at_once = match ended {
                Ended::Gone => return,
                Ended::Unreadable => {
                    self.set_link(Link::Refused(None));
                    return;
                }
                Ended::Closed(code) if !code.retry() => {
                    self.set_link(Link::Refused(Some(code)));
                    (owner.on_doubt)(Some(code));
                    if code != CloseCode::Unauthorized || !restarted(&mut nudged).await {
                        return;
                    }
                    true
                }
                Ended::NotLetIn => {
                    (owner.on_doubt)(None);
                    false
                }
                Ended::Restarted => true,
                Ended::Closed(_) | Ended::Lost => false,
            };
            if !at_once && !self.wait(backoff.next_ms(browser::random()), why, &mut nudged).await {
                return;
            }
            // Nobody is let in before somebody has logged in.
            if self.session.is_over() && !restarted(&mut nudged).await {
                return;
            }
            if !self.set_link(Link::Reconnecting) {
                return;
            }
        }
    }

    /// Waits before the next attempt, unless something says that now is better. False if the owner is gone.
    async fn wait(self, ms: u32, why: Outage, nudged: &mut mpsc::Receiver<Nudge>) -> bool {
        if !self.set_link(Link::Lost {
            at: clock::now().plus_ms(i64::from(ms)),
            why,
        }) {
            return false;
        }
        let (timer, nudge) = (TimeoutFuture::new(ms), nudged.next());
        pin_mut!(timer, nudge);
        match select(timer, nudge).await {
            Either::Left(_) => true,
            Either::Right((nudge, _)) => nudge.is_some(),
        }
    }

    async fn connect<E: DeserializeOwned>(
        self,
        path: &str,
        owner: &Owner<F, E>,
        nudged: &mut mpsc::Receiver<Nudge>,
        backoff: &mut Backoff,
        newer: Newer,
    ) -> Ended {
        let (sender, outbox) = mpsc::channel(OUTBOX_MAX);
        self.outbox.try_set_value(Some(sender));
        let hello = (owner.hello)();
        let on_event = |event| {
            backoff.reset();
            if !self.online() {
                // What comes back after an interruption may be another version.
                if self.link.try_get_untracked() != Some(Link::Connecting) {
                    newer.look();
                }
                self.set_link(Link::Online);
            }
            (owner.on_event)(self, event);
        };
        connection::run(
            &browser::socket_url(path),
            &hello,
            &owner.ping,
            outbox,
            nudged,
            on_event,
        )
        .await
    }
}

/// Waits until somebody wants a new connection. False if the owner is gone.
async fn restarted(nudged: &mut mpsc::Receiver<Nudge>) -> bool {
    while let Some(nudge) = nudged.next().await {
        if matches!(nudge, Nudge::Restart) {
            return true;
        }
    }
    false
}
