//! A message that the server has not confirmed: on its way, waiting for a connection, or refused.

use crate::state::{Input, Pending, PendingState};
use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use app::ui::{Button, CopyButton, Icon, Kind, Linked};
use leptos::prelude::*;
use protocol::RejectCode;

#[component]
pub(super) fn OnItsWay(pending: Pending, first: bool, inner: Signal<bool>) -> impl IntoView {
    let t = locale();
    let failed = matches!(pending.state, PendingState::Failed(_));
    let foot = match pending.state {
        PendingState::Sending => view! { <Sending /> }.into_any(),
        PendingState::Failed(code) => {
            let pending = pending.clone();
            view! { <NotSent pending code /> }.into_any()
        }
    };
    view! {
        <div
            class="said said-own said-pending"
            class:said-first=first
            class:said-inner=move || inner.get() && !failed
            class:said-failed=failed
        >
            <span class="sr-only">{td_string!(t, desk.you)}</span>
            <div class="bubble" dir="auto">
                <Linked text=pending.text />
            </div>
            {foot}
        </div>
    }
}

#[component]
fn Sending() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let online = desk.online();
    let text = move || {
        if online.get() {
            td_string!(t, desk.sending)
        } else {
            td_string!(t, desk.sending_later)
        }
    };
    // Most are confirmed before anybody could read this, so it takes its time to come into sight.
    view! {
        <div class="said-meta" class:said-meta-soon=move || online.get()>
            {Icon::Clock.view()}
            {text}
        </div>
    }
}

/// What became of it and what can be done. Where the conversation is with somebody else by now, sending it again is no
/// use, but the words are not lost.
#[component]
fn NotSent(pending: Pending, code: RejectCode) -> impl IntoView {
    let (t, desk, id) = (locale(), use_desk(), pending.id);
    let conversation = pending.conversation;
    let mine = desk.part(move |state| state.talk(conversation).is_some_and(|talk| talk.ended.is_none()));
    view! {
        <div class="said-meta said-not-sent" role="alert">
            {Icon::TriangleAlert.view()}
            <span>{td_string!(t, desk.failed)} ": " {words::reject(t, code)}</span>
            {move || {
                if mine.get() {
                    view! {
                        <Button
                            label=td_string!(t, common.retry)
                            small=true
                            kind=Kind::Quiet
                            on_press=move |()| desk.retry(id)
                        />
                    }
                    .into_any()
                } else {
                    view! { <CopyButton text=Signal::stored(pending.text.clone()) /> }.into_any()
                }
            }}
            <Button
                label=td_string!(t, desk.discard)
                small=true
                kind=Kind::Quiet
                on_press=move |()| desk.apply(Input::Discarded { id })
            />
        </div>
    }
}
