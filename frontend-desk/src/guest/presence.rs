//! Whether the guest is there, in words.

use crate::state::Presence;
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string};
use app::ui::clock::use_clock;
use app::ui::time_ago::{date, same_day, time_of_day};
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;

const MINUTE_MS: i64 = 60_000;

/// Whether the guest of a conversation is there; nothing without a connection.
pub(crate) fn use_presence(conversation: ConversationId) -> Signal<Option<Presence>> {
    let desk = use_desk();
    let (online, presence) = (desk.online(), desk.part(move |state| state.presence(conversation)));
    Signal::derive(move || presence.get().filter(|_| online.get()))
}

/// The same, for a guest's mark.
pub(crate) fn use_here(conversation: ConversationId) -> Signal<Option<bool>> {
    let presence = use_presence(conversation);
    Signal::derive(move || presence.get().map(|presence| presence == Presence::Here))
}

/// "Here now", "left 3 min ago".
#[component]
pub(crate) fn PresenceWords(conversation: ConversationId) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let presence = use_presence(conversation);
    let text = move || match presence.get() {
        None => String::new(),
        Some(Presence::Here) => td_string!(t, desk.presence_here).to_owned(),
        Some(Presence::Gone { since: None }) => td_string!(t, desk.presence_gone).to_owned(),
        Some(Presence::Gone { since: Some(since) }) => left(t, clock.now(), since),
    };
    view! { <span class:text-ok=move || presence.get() == Some(Presence::Here)>{text}</span> }
}

fn left(t: Locale, now: Timestamp, since: Timestamp) -> String {
    match now.ms_since(since) / MINUTE_MS {
        ..1 => td_string!(t, desk.left_now).to_owned(),
        n @ 1..60 => td_string!(t, desk.left_minutes, n = n),
        _ if same_day(now, since) => td_string!(t, desk.left_at, time = time_of_day(since)),
        _ => td_string!(t, desk.left_on, date = date(t, since)),
    }
}
