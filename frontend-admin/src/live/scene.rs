//! What the parts of the live page share: the room as it was seen last, and what time it is there.

use crate::parts::Room;
use app::i18n::locale;
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use app::ui::socket::Link;
use app::ui::time_ago::{exact, lasted};
use domain::live::{LiveAgent, LiveGroup, LiveView};
use domain::{GroupId, MemberId, Timestamp};
use leptos::prelude::*;

/// A context of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    view: Signal<Option<LiveView>>,
    now: Memo<Timestamp>,
}

impl Scene {
    pub(super) fn of(room: Room) -> Self {
        let clock = use_clock();
        let now = move |_: Option<&Timestamp>| {
            // Without a connection time stands still: whoever waited then need not wait any more.
            match (room.link().get(), room.heard().get()) {
                (Link::Online, _) | (_, None) => clock.now(),
                (_, Some(heard)) => heard,
            }
        };
        Self {
            view: room.view(),
            now: Memo::new(now),
        }
    }

    /// Looks at the room; an empty one before it was seen for the first time.
    pub(super) fn with<R>(self, look: impl FnOnce(&LiveView) -> R) -> R {
        self.view.with(|view| match view {
            Some(view) => look(view),
            None => look(&LiveView::default()),
        })
    }

    pub(super) fn agent(self, id: MemberId) -> Option<LiveAgent> {
        self.with(|view| view.agents.iter().find(|agent| agent.id == id).cloned())
    }

    /// What `pick` takes of a group; its default once the group is gone.
    pub(super) fn of_group<R: Default>(self, id: GroupId, pick: impl FnOnce(&LiveGroup) -> R) -> R {
        self.with(|view| {
            view.groups
                .iter()
                .find(|group| group.id == id)
                .map(pick)
                .unwrap_or_default()
        })
    }

    /// The time at which the room is seen.
    pub(super) fn now(self) -> Timestamp {
        self.now.get()
    }
}

pub(super) fn use_scene() -> Scene {
    expect_context()
}

/// How long it has lasted since then; ticks as long as that is known.
#[component]
pub(super) fn Lasted(since: Timestamp) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let text = memo(move || lasted(t, scene.now().ms_since(since)));
    view! { <time data-tip=exact(t, since)>{text}</time> }
}
