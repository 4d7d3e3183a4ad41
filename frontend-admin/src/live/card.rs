//! The card beside a seat: who sits there, for how long, and whether they wait for a reply. One for the whole page.

use super::plan::Square;
use super::scene::{Lasted, use_scene};
use crate::parts::group_name;
use app::i18n::{locale, td_string};
use app::ui::float::{Align, Beside, Side, float};
use app::ui::reactive::{effect, memo};
use app::ui::{Avatar, guest_name, warmth};
use domain::live::LiveSeat;
use leptos::web_sys::HtmlElement;
use leptos::{ev, html, prelude::*};

/// What describes a seat.
pub(super) const ID: &str = "live-card";

const BELOW: Beside = Beside {
    side: Side::Below,
    align: Align::Middle,
    gap: 8.0,
};

/// Which seat the card is about; a context of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card(RwSignal<Option<(HtmlElement, Memo<Square>)>, LocalStorage>);

impl Card {
    pub(super) fn start() -> Self {
        Self(RwSignal::new_local(None))
    }

    pub(super) fn show(self, beside: HtmlElement, square: Memo<Square>) {
        self.0.set(Some((beside, square)));
    }

    pub(super) fn hide(self) {
        if self.0.with_untracked(Option::is_some) {
            self.0.set(None);
        }
    }

    /// Who sits in the seat. Nobody once the conversation is over, or the agent's row is gone.
    fn seat(self) -> Square {
        self.0
            .with(|shown| shown.as_ref().and_then(|(_, square)| square.try_get().flatten()))
    }
}

pub(super) fn use_card() -> Card {
    expect_context()
}

#[component]
pub(super) fn SeatCard(card: Card) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let seat = memo(move || card.seat());
    effect(move || {
        let (seat, Some(layer)) = (seat.get(), node.get()) else {
            return;
        };
        match card.0.get().filter(|_| seat.is_some()) {
            Some((beside, _)) => float(&layer, &beside, BELOW),
            None => drop(layer.hide_popover()),
        }
    });
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            card.hide();
        }
    });
    // Not in the middle of nowhere when the seat has moved away.
    let scroll = window_event_listener(ev::wheel, move |_| card.hide());
    on_cleanup(move || [escape, scroll].into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <div node_ref=node id=ID class="live-card" popover="manual" role="tooltip">
            {move || seat.get().map(|seat| view! { <Content seat /> })}
        </div>
    }
}

#[component]
fn Content(seat: LiveSeat) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let group = scene.of_group(seat.group, |group| group_name(group.id, &group.name));
    let owed = match seat.waiting_since {
        Some(since) => view! {
            <dt>{td_string!(t, live.reply_owed)}</dt>
            <dd class=move || warmth(since, scene.now())>
                <Lasted since />
            </dd>
        }
        .into_any(),
        None => view! {
            <dt>{td_string!(t, live.reply)}</dt>
            <dd>{td_string!(t, live.answered)}</dd>
        }
        .into_any(),
    };
    view! {
        <div class="live-card-head">
            <Avatar name=seat.guest_name.clone() seed=seat.guest.to_string() />
            <b class="truncate">{guest_name(t, seat.guest, &seat.guest_name)}</b>
        </div>
        <dl>
            <dt>{td_string!(t, live.seated)}</dt>
            <dd>
                <Lasted since=seat.since />
            </dd>
            {owed} <dt>{td_string!(t, live.came_to)}</dt> <dd class="truncate">{group}</dd>
        </dl>
    }
}
