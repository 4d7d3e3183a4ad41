//! The frame: header, lists at the left, the conversation, the guest at the right. On a phone one at a time.

use crate::guest::GuestPanel;
use crate::header::{AwayBanner, Header};
use crate::lists::Lists;
use crate::store::use_desk;
use crate::talk::TalkPane;
use app::i18n::{locale, td_string};
use app::ui::{LinkBanner, browser};
use leptos::prelude::*;

const STORED: &str = "seatline.desk.details";

/// Whether the guest panel shows; a context of the panes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Details(pub(crate) RwSignal<bool>);

impl Details {
    fn start() -> Self {
        let room = window()
            .inner_width()
            .ok()
            .and_then(|width| width.as_f64())
            .unwrap_or_default()
            > 1100.0;
        Self(RwSignal::new(
            room && browser::stored(STORED).as_deref() != Some("hidden"),
        ))
    }

    pub(crate) fn toggle(self) {
        self.0.update(|shown| *shown = !*shown);
        browser::store(STORED, if self.0.get_untracked() { "" } else { "hidden" });
    }
}

#[component]
pub(crate) fn Layout() -> impl IntoView {
    let (t, desk, details) = (locale(), use_desk(), Details::start());
    provide_context(details);
    let open = desk.part(|state| state.open);
    let guest = desk.part(|state| Some((state.open_talk()?.card.guest.id, state.open?)));
    let shown = Memo::new(move |_| guest.get().filter(|_| details.0.get()));
    view! {
        <div class="desk">
            <Header />
            <div>
                <LinkBanner link=desk.link() on_retry=move |()| desk.reconnect() />
                <AwayBanner />
            </div>
            <div
                class="panes"
                data-open=move || if open.get().is_some() { "yes" } else { "no" }
                data-details=move || if shown.get().is_some() { "shown" } else { "hidden" }
            >
                <nav class="pane pane-lists" aria-label=td_string!(t, desk.lists)>
                    <Lists />
                </nav>
                <main class="pane pane-talk">
                    <TalkPane />
                </main>
                {move || {
                    shown.get()
                        .map(|(guest, conversation)| {
                            view! {
                                <aside class="pane pane-guest" aria-label=td_string!(t, desk.guest)>
                                    <GuestPanel guest conversation />
                                </aside>
                            }
                        })
                }}
            </div>
        </div>
    }
}
