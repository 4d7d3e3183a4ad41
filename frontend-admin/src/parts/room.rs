//! The room as it is this moment, for every page that shows something of it. Only who has the rule `live.view` may watch.

use app::ui::clock::{self, use_clock};
use app::ui::session::{may, use_session};
use app::ui::socket::{Link, Owner, Socket};
use domain::live::{LiveAgent, LiveView};
use domain::{MemberId, Rule, Timestamp};
use leptos::prelude::*;
use protocol::live::{LiveEvent, LiveFrame};
use protocol::{CloseCode, PROTOCOL};
use std::collections::HashMap;

/// A view of the room that is kept up to date until the view that opened it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    view: RwSignal<Option<LiveView>>,
    /// When the server said something last.
    heard: RwSignal<Option<Timestamp>>,
    socket: Socket<LiveFrame>,
}

impl Room {
    pub(crate) fn watch() -> Self {
        let (session, clock) = (use_session(), use_clock());
        let (view, heard) = (RwSignal::new(None), RwSignal::new(None));
        let owner = Owner {
            hello: Box::new(|| LiveFrame::Hello { protocol: PROTOCOL }),
            ping: LiveFrame::Ping,
            on_event: Box::new(move |_, event| {
                match event {
                    LiveEvent::View(seen) => {
                        clock.heard(seen.at);
                        _ = view.try_set(Some(seen));
                    }
                    LiveEvent::Pong { now: Some(now) } => clock.heard(now),
                    LiveEvent::Pong { now: None } | LiveEvent::Unknown => {}
                }
                _ = heard.try_set(Some(clock::now()));
            }),
            on_doubt: Box::new(move |code| match code {
                Some(CloseCode::Unauthorized) => session.end(),
                _ => session.check(),
            }),
        };
        let socket = Socket::open("/ws/live", owner);
        Self { view, heard, socket }
    }

    /// The same for a page that shows more to those who may watch, and goes without for others.
    pub(crate) fn watch_if_allowed() -> Option<Self> {
        may(Rule::LiveView).then(Self::watch)
    }

    /// The last view; `None` until the first one has come.
    pub(crate) fn view(self) -> Signal<Option<LiveView>> {
        self.view.into()
    }

    /// Whether the last view is of this moment: what was true before the connection was lost need not be true now.
    pub(crate) fn is_seen(self) -> bool {
        self.link().get() == Link::Online && self.view.with(Option::is_some)
    }

    /// Everybody who may serve; nobody while the room is not seen.
    pub(crate) fn agents(self) -> HashMap<MemberId, LiveAgent> {
        if !self.is_seen() {
            return HashMap::new();
        }
        let view = self.view.get().unwrap_or_default();
        view.agents.into_iter().map(|agent| (agent.id, agent)).collect()
    }

    /// When the server said something last.
    pub(crate) fn heard(self) -> Signal<Option<Timestamp>> {
        self.heard.into()
    }

    pub(crate) fn link(self) -> Signal<Link> {
        self.socket.link()
    }

    /// Connects again at once.
    pub(crate) fn restart(self) {
        self.socket.restart();
    }
}
