//! The address names a conversation that is not at this desk: where it is, what was said, and what one can do about it.

use super::ended::{Next, Unsent};
use super::head::TalkHead;
use super::pending::OnItsWay;
use super::transcript::Transcript;
use crate::address::BASE;
use crate::claim::ClaimButton;
use crate::guest::{decision, guest_name};
use crate::state::Input;
use crate::store::use_desk;
use app::api::conversation::{ConversationShown, SeatingRecord, show};
use app::api::{ApiError, ErrorCode};
use app::i18n::{Locale, locale, td_string};
use app::ui::clock::{Clock, use_clock};
use app::ui::names::isolated;
use app::ui::reactive::{effect, memo};
use app::ui::time_ago::{day, time_of_day};
use app::ui::{Empty, Icon, Loader};
use domain::{ConversationId, ConversationState};
use leptos::prelude::*;
use protocol::desk::GuestCard;

#[component]
pub(super) fn Elsewhere(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let loader = Loader::new(move || where_it_is(id));
    // The lists tell when a colleague takes it, or when it comes back.
    let listed = desk.part(move |state| state.is_listed(id));
    Effect::new(move |before: Option<()>| {
        listed.track();
        if before.is_some() {
            loader.refresh();
        }
    });
    let found = memo(move || loader.ready());
    let exists = memo(move || found.with(|found| found.as_ref().map(Option::is_some)));
    effect(move || {
        if let Some(shown) = found.get().flatten() {
            desk.apply(Input::LookedUp {
                conversation: id,
                guest: card(shown),
            });
        }
    });
    let last = memo(move || Some(found.get().flatten()?.decision));
    move || match exists.get() {
        Some(true) => view! {
            <section class="talk" aria-label=td_string!(t, desk.talk)>
                <TalkHead id />
                <div></div>
                <Transcript conversation=id />
                <Foot id last />
            </section>
        }
        .into_any(),
        Some(false) => view! {
            <h1 class="sr-only">{td_string!(t, desk.talk)}</h1>
            <Empty icon=Icon::Armchair title=td_string!(t, desk.unknown_title) text=td_string!(t, desk.unknown_text)>
                <a class="btn btn-plain" href=BASE>
                    {td_string!(t, desk.to_inbox)}
                </a>
            </Empty>
        }
        .into_any(),
        None => loader.show(6, |_| ()).into_any(),
    }
}

/// `None` if there is no such conversation, or not for this member.
async fn where_it_is(id: ConversationId) -> Result<Option<ConversationShown>, ApiError> {
    match show(id).await {
        Ok(shown) => Ok(Some(shown)),
        Err(error) if error.code == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// As much of the guest as a list would show. Where they are now is not known here.
fn card(shown: ConversationShown) -> GuestCard {
    GuestCard {
        id: shown.guest,
        name: shown.guest_name,
        contact: String::new(),
        page_url: String::new(),
        page_title: String::new(),
        language: String::new(),
    }
}

#[component]
fn Foot(id: ConversationId, last: Memo<Option<SeatingRecord>>) -> impl IntoView {
    let (t, desk, clock) = (locale(), use_desk(), use_clock());
    let who = desk.part(move |state| state.guest(id).map(|guest| guest_name(t, guest)).unwrap_or_default());
    // What was written before it went elsewhere and the server did not take.
    let pending = desk.part(move |state| state.pending(id).cloned().collect::<Vec<_>>());
    let deed = move || match last.with(|last| last.as_ref().and_then(|last| last.state)) {
        Some(ConversationState::Missed) => view! { <ClaimButton conversation=id who /> }.into_any(),
        _ => view! { <Next /> }.into_any(),
    };
    view! {
        <footer class="talk-foot">
            <p role="status">{move || last.with(|last| last.as_ref().map(|last| sentence(t, clock, last)))}</p>
            <Unsent id />
            {move || {
                let pending = pending.get();
                pending
                    .into_iter()
                    .map(|pending| view! { <OnItsWay pending first=true inner=Signal::stored(false) /> })
                    .collect_view()
            }}
            {deed}
        </footer>
    }
}

/// Where it is and since when.
fn sentence(t: Locale, clock: Clock, last: &SeatingRecord) -> String {
    let since = format!("{} {}", day(t, clock, last.at), time_of_day(last.at));
    let what = match last.state {
        Some(ConversationState::Seated) => {
            let agent = isolated(last.agent.as_deref().unwrap_or_default());
            td_string!(t, desk.elsewhere_seated, agent = agent)
        }
        Some(ConversationState::Waiting) => td_string!(t, desk.elsewhere_waiting).to_owned(),
        Some(ConversationState::Missed | ConversationState::Closed) | None => decision(t, last),
    };
    format!("{what} · {since}")
}
