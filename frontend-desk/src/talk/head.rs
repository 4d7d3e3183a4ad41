//! Who one talks to, where they are, and the end of it.

use super::close::CloseButton;
use crate::address::BASE;
use crate::details::Details;
use crate::guest::intl::{language_name, same_language, time_in};
use crate::guest::page::{self, PageLink};
use crate::guest::{GuestMark, Known, PresenceWords, guest_name, use_here};
use crate::keys::DETAILS;
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string};
use app::ui::Icon;
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use app::ui::time_ago::time_of_day;
use domain::guest::PageView;
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;
use protocol::desk::GuestCard;

const MINUTE_MS: i64 = 60_000;

#[component]
pub(super) fn TalkHead(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let guest = desk.part(move |state| state.guest(id).cloned());
    let here = use_here(id);
    // The panel says the same, larger.
    let details = expect_context::<Details>();
    let told_here = memo(move || !details.shown());
    let epoch = desk.part(move |state| {
        let talk = state.talk(id).filter(|talk| talk.ended.is_none())?;
        Some(talk.card.epoch)
    });
    let who = move || {
        let Some(guest) = guest.get() else {
            return view! { <h1 class="talk-who">{td_string!(t, desk.talk)}</h1> }.into_any();
        };
        let name = guest_name(t, &guest);
        view! {
            <GuestMark guest=guest.clone() here />
            <div class="talk-who">
                <h1 dir="auto">{name}</h1>
                <div class="talk-where">
                    {move || told_here.get().then(|| view! { <PresenceWords conversation=id /> })}
                    <Place guest=guest.clone() />
                    <Elsewhere guest />
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <header class="talk-head">
            <a class="btn btn-quiet btn-square phone-only" href=BASE aria-label=td_string!(t, common.back)>
                {Icon::ChevronLeft.view()}
            </a>
            {who}
            {move || epoch.get().map(|epoch| view! { <CloseButton id epoch /> })}
            {move || guest.with(Option::is_some).then(|| view! { <DetailsButton /> })}
        </header>
    }
}

/// The way to what is known of the guest.
#[component]
fn DetailsButton() -> impl IntoView {
    let (t, details) = (locale(), expect_context::<Details>());
    view! {
        <button
            type="button"
            class="btn btn-quiet btn-square"
            aria-label=td_string!(t, desk.details)
            aria-expanded=move || details.shown().to_string()
            aria-controls=Details::PANEL
            aria-keyshortcuts=DETAILS.replace(' ', "+")
            data-tip=td_string!(t, desk.details)
            data-keys=DETAILS
            on:click=move |_| details.toggle()
        >
            {Icon::PanelRight.view()}
        </button>
    }
}

/// The page the guest is on.
#[component]
fn Place(guest: GuestCard) -> impl IntoView {
    let page = PageView {
        url: guest.page_url,
        title: guest.page_title,
        referrer: String::new(),
    };
    let path = page::path(&page.url);
    let text = if matches!(path, "" | "/") {
        page::name(&page)
    } else {
        path.to_owned()
    };
    (!text.is_empty()).then(|| view! { <PageLink url=page.url text /> })
}

/// The guest's language and hour, where they are not the agent's.
#[component]
fn Elsewhere(guest: GuestCard) -> impl IntoView {
    let (t, known, clock) = (locale(), expect_context::<Known>(), use_clock());
    let language = language_if_other(t, &guest.language);
    let profile = known.of(guest.id);
    let zone = memo(move || profile.get().map(|profile| profile.environment.time_zone));
    let minute = memo(move || clock.now().0.div_euclid(MINUTE_MS));
    let hour = move || {
        let now = Timestamp(minute.get() * MINUTE_MS);
        let there = zone.with(|zone| time_in(t, zone.as_deref()?, now))?;
        (there != time_of_day(now))
            .then(|| view! { <span class="figures wide-only">{td_string!(t, desk.time_there, time = there)}</span> })
    };
    view! {
        {language.map(|language| view! { <span class="wide-only">{language}</span> })}
        {hour}
    }
}

fn language_if_other(t: Locale, tag: &str) -> Option<String> {
    use leptos_i18n::Locale as _;
    if tag.is_empty() || same_language(tag, t.as_str()) {
        return None;
    }
    language_name(t, tag)
}
