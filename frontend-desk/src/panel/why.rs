//! Why the conversation is with this agent, and where it was before.

use crate::guest::decision;
use crate::store::use_desk;
use app::api::conversation::{SeatingRecord, decisions};
use app::i18n::{Locale, locale, td_string, words};
use app::ui::time_ago::time_of_day;
use app::ui::{Loader, time_ago};
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn WhyHere(conversation: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let reason = desk.part(move |state| state.talk(conversation).map(|talk| talk.card.reason));
    let changes = desk.part(move |state| {
        let talk = state.talk(conversation)?;
        Some((talk.card.epoch, talk.ended))
    });
    let loader = Loader::new(move || decisions(conversation));
    Effect::new(move |before: Option<()>| {
        changes.track();
        if before.is_some() {
            loader.refresh();
        }
    });
    let history = loader.show(1, move |records| {
        // Of a single decision the sentence above says everything.
        let told = untrack(|| reason.with(Option::is_some)) && records.len() < 2;
        (!told)
            .then(|| view! { <ol class="guest-decisions">{records.iter().map(|one| row(t, one)).collect_view()}</ol> })
    });
    view! {
        <section class="guest-section">
            <h3>{td_string!(t, desk.why_here)}</h3>
            {move || reason.get().map(|reason| view! { <p>{words::seat_reason(t, reason).join(" ")}</p> })}
            {history}
        </section>
    }
}

fn row(t: Locale, record: &SeatingRecord) -> impl IntoView + use<> {
    let at = record.at;
    view! {
        <li>
            <time data-tip=time_ago::exact(t, at)>{time_of_day(at)}</time>
            <span>{decision(t, record)}</span>
        </li>
    }
}
