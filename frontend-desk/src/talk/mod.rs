//! The middle pane: the open conversation, from its head to the composer.

mod accept;
mod composer;
mod drafts;
mod entries;
mod head;
mod messages;
mod said;
mod stay;

use crate::state::{Ended, Talk};
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::{Empty, Icon, Loading};
use domain::ConversationId;
use leptos::prelude::*;
use protocol::desk::Gone;

/// What the pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    Nothing,
    /// The server has not said yet what there is.
    Waiting,
    /// The address names a conversation that is not the agent's.
    NotMine,
    Conversation(ConversationId),
}

#[component]
pub(crate) fn TalkPane() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let showing = desk.part(|state| match state.open {
        None => Showing::Nothing,
        Some(open) if state.talks.contains_key(&open) => Showing::Conversation(open),
        Some(_) if state.welcomed => Showing::NotMine,
        Some(_) => Showing::Waiting,
    });
    move || match showing.get() {
        Showing::Conversation(id) => view! { <Conversation id /> }.into_any(),
        Showing::Waiting => view! { <Loading rows=6 /> }.into_any(),
        Showing::Nothing => view! {
            <Empty
                icon=Icon::MessageSquare
                title=td_string!(t, desk.choose_title)
                text=td_string!(t, desk.choose_text)
            />
        }
        .into_any(),
        Showing::NotMine => view! {
            <Empty icon=Icon::Armchair title=td_string!(t, desk.gone_title) text=td_string!(t, desk.gone_text) />
        }
        .into_any(),
    }
}

#[component]
fn Conversation(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let ended = desk.part(move |state| state.talk(id).and_then(|talk: &Talk| talk.ended));
    view! {
        <section class="talk" aria-label=td_string!(t, desk.talk)>
            <head::TalkHead id />
            <accept::AcceptBar id />
            <messages::Messages id />
            {move || match ended.get() {
                None => view! { <composer::Composer id /> }.into_any(),
                Some(ended) => {
                    view! { <p class="composer text-center text-quiet" role="status">{ended_words(t, ended)}</p> }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Why it is not mine any more.
fn ended_words(t: Locale, ended: Ended) -> String {
    match ended {
        Ended::WhileAway => td_string!(t, desk.ended_away).to_owned(),
        Ended::Gone(Gone::Closed { by }) => words::closed_by(t, by).to_owned(),
        Ended::Gone(Gone::Moved { reason }) => td_string!(t, desk.ended_moved, reason = words::wait_reason(t, reason)),
        Ended::Gone(Gone::Transferred) => td_string!(t, desk.ended_transferred).to_owned(),
        Ended::Gone(Gone::Missed { reason }) => words::missed_reason(t, reason).to_owned(),
    }
}
