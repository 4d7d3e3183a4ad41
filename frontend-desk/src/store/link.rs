//! The connection as the rest of the desk sees it, and what cannot be known without it.

use super::Desk;
use crate::state::{DeskState, Hindrance, Input};
use app::ui::clock;
use app::ui::reactive::memo;
use app::ui::socket::Link;
use domain::Timestamp;
use leptos::prelude::*;

/// Without a connection for that long the server gives our seats to others, as it is set up by default.
const OLD_MS: i64 = 30_000;

impl Desk {
    pub(super) fn watch_link(self) {
        let online = self.online();
        Effect::new(move |was: Option<bool>| {
            let is = online.get();
            match (was.unwrap_or_default(), is) {
                (true, false) => {
                    self.lost_at.set(Some(clock::now()));
                    self.apply(Input::Lost);
                }
                (false, true) => self.lost_at.set(None),
                _ => {}
            }
            is
        });
    }

    pub(crate) fn link(self) -> Signal<Link> {
        self.socket.link()
    }

    pub(crate) fn online(self) -> Signal<bool> {
        let link = self.link();
        Signal::derive(move || link.get() == Link::Online)
    }

    pub(crate) fn lost_at(self) -> Option<Timestamp> {
        self.lost_at.get()
    }

    /// There has been no connection for so long that what is shown may not hold any more.
    pub(crate) fn old(self) -> Memo<bool> {
        memo(move || {
            let lost_at = self.lost_at.get();
            lost_at.is_some_and(|lost_at| self.clock.now().ms_since(lost_at) >= OLD_MS)
        })
    }

    /// Why nothing can be claimed.
    pub(crate) fn hindrance(self) -> Memo<Option<Hindrance>> {
        let (online, known) = (self.online(), self.part(DeskState::hindrance));
        memo(move || {
            if online.get() {
                known.get()
            } else {
                Some(Hindrance::Offline)
            }
        })
    }

    pub(crate) fn reconnect(self) {
        self.socket.restart();
    }
}
