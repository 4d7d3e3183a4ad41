//! The middle pane: the open conversation, from its head to the composer.

mod accept;
mod close;
mod composer;
mod drafts;
mod earlier;
mod elsewhere;
mod emoji;
mod ended;
mod entries;
mod head;
mod messages;
mod pending;
mod receipts;
mod row;
mod rows;
mod stay;
mod transcript;
mod typing_preview;

pub(crate) use transcript::Transcript;

use crate::lists::vacant::Vacant;
use crate::state::Talk;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::{Empty, Icon, Loading};
use domain::ConversationId;
use leptos::prelude::*;

/// What the pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    /// The agent has conversations, and none is open.
    Nothing,
    /// There is none.
    Vacant,
    /// The server has not said yet what there is.
    Waiting,
    /// The address names a conversation that is not the agent's.
    Elsewhere(ConversationId),
    Conversation(ConversationId),
}

#[component]
pub(crate) fn TalkPane() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let showing = desk.part(|state| match state.open {
        None if !state.welcomed => Showing::Waiting,
        None if state.mine().next().is_none() => Showing::Vacant,
        None => Showing::Nothing,
        Some(open) if state.talks.contains_key(&open) => Showing::Conversation(open),
        Some(open) if state.welcomed => Showing::Elsewhere(open),
        Some(_) => Showing::Waiting,
    });
    move || match showing.get() {
        Showing::Conversation(id) => view! { <Conversation id /> }.into_any(),
        Showing::Elsewhere(id) => view! { <elsewhere::Elsewhere id /> }.into_any(),
        Showing::Waiting => view! { <Loading rows=6 /> }.into_any(),
        Showing::Vacant => view! { <Vacant /> }.into_any(),
        Showing::Nothing => view! {
            <Empty
                icon=Icon::MessageSquare
                title=td_string!(t, desk.choose_title)
                text=td_string!(t, desk.choose_text)
            />
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
                Some(ended) => view! { <ended::EndedFoot id ended /> }.into_any(),
            }}
        </section>
    }
}
