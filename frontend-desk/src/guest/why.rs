//! Why the conversation is with this agent.

use crate::store::use_desk;
use app::i18n::{locale, td_string, words};
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn WhyHere(conversation: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let reason = desk.part(move |state| state.talk(conversation).map(|talk| talk.card.reason));
    view! {
        <section class="panel-section">
            <h2>{td_string!(t, desk.why_here)}</h2>
            <p class="text-sm leading-normal text-quiet">
                {move || reason.get().map(|reason| words::seat_reason(t, reason).join(" "))}
            </p>
        </section>
    }
}
