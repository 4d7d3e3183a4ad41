//! One row of a conversation, at the desk or in a transcript.

use super::emoji::is_emoji_only;
use super::entries::Entry;
use super::pending::OnItsWay;
use super::receipts::Receipt;
use super::rows::Rows;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::Linked;
use app::ui::clock::use_clock;
use app::ui::names::isolated;
use app::ui::session::use_me;
use app::ui::time_ago::{day, exact, time_of_day};
use domain::{Author, Body, Message, Notice, Timestamp};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use std::sync::Arc;

#[component]
pub(super) fn Row(entry: Entry, rows: Rows) -> impl IntoView {
    let (t, inner) = (locale(), rows.inner(entry.key()));
    match entry {
        Entry::Day(at) => {
            let clock = use_clock();
            view! { <div class="day">{move || day(t, clock, at)}</div> }.into_any()
        }
        Entry::New => {
            view! { <div class="day day-new" data-new="">{td_string!(t, desk.new_messages)}</div> }.into_any()
        }
        Entry::Pending { pending, first } => view! { <OnItsWay pending first inner /> }.into_any(),
        Entry::Said { message, first } => match &message.body {
            Body::Notice(notice) => {
                view! { <div class="system-line">{notice_words(t, notice)} " · " {when(t, message.at)}</div> }
                    .into_any()
            }
            Body::Text { text } if message.from == Author::System => {
                let text = text.clone();
                view! { <div class="system-line"><bdi>{text}</bdi> " · " {when(t, message.at)}</div> }.into_any()
            }
            Body::Text { text } => {
                let text = text.clone();
                view! { <Said message text first inner rows /> }.into_any()
            }
        },
    }
}

#[component]
fn Said(message: Arc<Message>, text: String, first: bool, inner: Signal<bool>, rows: Rows) -> impl IntoView {
    let (t, at, seq) = (locale(), message.at, message.seq);
    let (own, who, colleague) = match &message.from {
        // A colleague who had the seat before is named; oneself is not.
        Author::Agent { id, .. } if *id == use_me().id => (true, td_string!(t, desk.you).to_owned(), None),
        Author::Agent { name, .. } => (true, isolated(name), Some(isolated(name))),
        Author::Guest | Author::System => (false, td_string!(t, desk.guest).to_owned(), None),
    };
    // What one wrote oneself was in sight already, on its way.
    // The rest of the page is in the reader's language already; what a guest says may be in any.
    let translate = (!own).then_some("yes");
    let fresh = seq > rows.fresh_after && (!own || colleague.is_some());
    let jumbo = is_emoji_only(&text);
    view! {
        <div class="said" class:said-first=first class:said-inner=inner class:said-own=own class:said-fresh=fresh>
            <span class="sr-only">{who}</span>
            <div class="bubble" class:bubble-emoji=jumbo dir="auto" translate=translate>
                <Linked text />
            </div>
            <div class="said-meta">
                {colleague}
                {when(t, at)}
                {rows.receipts.filter(|_| own).map(|receipts| view! { <Receipt receipts seq /> })}
            </div>
        </div>
    }
}

/// As everybody reads it, except that one is not told one's own name.
fn notice_words(t: Locale, notice: &Notice) -> String {
    match notice {
        Notice::Seated { agent, after } if *agent == use_me().name => match after {
            None => td_string!(t, desk.seated_you).to_owned(),
            Some(after) => td_string!(t, desk.seated_you_after, reason = words::wait_reason(t, *after)),
        },
        notice => words::notice(t, notice),
    }
}

/// The time, and in the tooltip exactly. That is worked out when it is wanted: there may be hundreds of rows.
fn when(t: Locale, at: Timestamp) -> impl IntoView {
    let tell = move |event: leptos::ev::PointerEvent| {
        let time: HtmlElement = event_target(&event);
        drop(time.set_attribute("data-tip", &exact(t, at)));
    };
    view! { <time on:pointerover=tell>{time_of_day(at)}</time> }
}
