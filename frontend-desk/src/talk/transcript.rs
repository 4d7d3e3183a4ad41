//! A conversation to be read and not written in: an earlier one, or one that is not at this desk.

use super::entries::{Setting, entries};
use super::rows::Rows;
use super::stay::Stay;
use app::api::ApiError;
use app::api::conversation::{HistoryPage, history};
use app::i18n::{locale, td_string, words};
use app::ui::session::use_session;
use app::ui::time_ago::same_day;
use app::ui::{Button, Kind, Loader};
use domain::{ConversationId, Message, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::VecDeque;
use std::sync::Arc;

/// The last page, and the ones before it on demand.
#[component]
pub(crate) fn Transcript(conversation: ConversationId) -> impl IntoView {
    let loader = Loader::new(move || history(conversation, None));
    loader.show(6, move |page| view! { <Pages conversation page /> })
}

#[component]
fn Pages(conversation: ConversationId, page: HistoryPage) -> impl IntoView {
    let (t, session, stay) = (locale(), use_session(), Stay::new());
    let messages = RwSignal::new(VecDeque::<Arc<Message>>::new());
    let more = RwSignal::new(page.more);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let put_before = move |page: HistoryPage| {
        let put_back = stay.hold();
        messages.update(|messages| {
            for message in page.messages.into_iter().rev() {
                messages.push_front(Arc::new(message));
            }
        });
        more.set(page.more);
        put_back();
    };
    put_before(page);
    let fetch = move |()| {
        let before = messages.with_untracked(|messages| messages.front().map(|message| message.seq));
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = session.call(history(conversation, before)).await;
            // `Some` says that the pane is gone.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => put_before(page),
                Err(error) => failed.set(Some(error)),
            }
        });
    };
    let rows = Rows::of_transcript(move || {
        let setting = Setting {
            me: None,
            new_after: None,
            pending: Vec::new(),
            now: Timestamp(0),
        };
        messages.with(|messages| entries(messages.iter(), setting, same_day))
    });
    let top = move || {
        more.get().then(|| {
            view! {
                {failed.get().map(|error| view! { <span role="alert">{words::error(t, &error)}</span> })}
                <Button
                    label=td_string!(t, desk.earlier_messages)
                    kind=Kind::Quiet
                    small=true
                    busy
                    on_press=fetch
                />
            }
        })
    };
    view! {
        <div class="talk-body">
            <div class="talk-scroll" node_ref=stay.node tabindex="0" role="group" aria-label=td_string!(t, desk.talk)>
                <div class="talk-column" node_ref=stay.column>
                    <div class="talk-beginning">{top}</div>
                    {rows.view()}
                </div>
            </div>
        </div>
    }
}
