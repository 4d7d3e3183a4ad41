//! One row of a conversation.

use super::entries::Entry;
use crate::state::{Input, Pending, PendingState};
use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use app::ui::session::use_me;
use app::ui::time_ago::{day, exact, time_of_day};
use app::ui::{Button, Icon, Kind};
use domain::{Author, Body, ConversationId, Message, Seq};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Row(conversation: ConversationId, entry: Entry) -> impl IntoView {
    let t = locale();
    match entry {
        Entry::Day(at) => view! { <div class="day">{day(t, at)}</div> }.into_any(),
        Entry::Pending(pending) => view! { <OnItsWay pending /> }.into_any(),
        Entry::Said { message, first, last } => match &message.body {
            Body::Notice(notice) => {
                let text = words::notice(t, notice);
                view! { <div class="system-line" title=exact(t, message.at)>{text} " · " {time_of_day(message.at)}</div> }
                    .into_any()
            }
            Body::Text { text } => {
                let text = text.clone();
                view! { <Said conversation message text first last /> }.into_any()
            }
        },
    }
}

#[component]
fn Said(conversation: ConversationId, message: Arc<Message>, text: String, first: bool, last: bool) -> impl IntoView {
    let t = locale();
    // A colleague who had the seat before is named; oneself is not.
    let (own, colleague) = match &message.from {
        Author::Agent { id, name } => (true, (*id != use_me().id).then(|| name.clone())),
        Author::Guest | Author::System => (false, None),
    };
    view! {
        <div class="said" class:said-first=first class:said-own=own>
            <div class="bubble" title=exact(t, message.at)>{text}</div>
            {last
                .then(|| {
                    view! {
                        <div class="said-meta">
                            {colleague} <time>{time_of_day(message.at)}</time>
                            {own.then(|| view! { <Ticks conversation seq=message.seq /> })}
                        </div>
                    }
                })}
        </div>
    }
}

/// One tick: stored. Two: on the guest's page. Two in the accent: seen.
#[component]
fn Ticks(conversation: ConversationId, seq: Seq) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let reach = desk.part(move |state| {
        let card = &state.talk(conversation)?.card;
        Some((card.guest_read >= seq, card.guest_delivered >= seq))
    });
    move || {
        let (class, icon, text) = match reach.get() {
            Some((true, _)) => ("text-accent", Icon::CheckCheck, td_string!(t, desk.seen)),
            Some((_, true)) => ("", Icon::CheckCheck, td_string!(t, desk.delivered)),
            _ => ("", Icon::Check, td_string!(t, desk.sent)),
        };
        view! { <span class=class role="img" aria-label=text title=text>{icon.view()}</span> }
    }
}

/// A message that the server has not confirmed.
#[component]
fn OnItsWay(pending: Pending) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let id = pending.id;
    let online = desk.online();
    let foot = match pending.state {
        PendingState::Sending => {
            let text = move || {
                if online.get() {
                    td_string!(t, desk.sending)
                } else {
                    td_string!(t, desk.sending_later)
                }
            };
            view! { <div class="said-meta">{Icon::Clock.view()} {text}</div> }.into_any()
        }
        PendingState::Failed(code) => view! {
            <div class="said-meta text-danger" role="alert">
                {Icon::TriangleAlert.view()} <span>{td_string!(t, desk.failed)} ": " {words::reject(t, code)}</span>
                <Button
                    label=td_string!(t, common.retry)
                    small=true
                    kind=Kind::Quiet
                    on_press=move |()| desk.retry(id)
                />
                <Button
                    label=td_string!(t, desk.discard)
                    small=true
                    kind=Kind::Quiet
                    on_press=move |()| desk.apply(Input::Discarded { id })
                />
            </div>
        }
        .into_any(),
    };
    let failed = matches!(pending.state, PendingState::Failed(_));
    view! {
        <div class="said said-own said-first">
            <div class="bubble" class:bubble-failed=failed>{pending.text}</div>
            {foot}
        </div>
    }
}
