//! Who the guest is and how they came here. Asked again when they go to another page.

use crate::store::use_desk;
use app::api::guest;
use app::i18n::{Locale, locale, td_string};
use app::ui::{Loader, TimeAgo};
use domain::guest::{GuestProfile, PageView, VisitedPage};
use domain::{ConversationId, GuestId};
use leptos::prelude::*;

#[component]
pub(super) fn Profile(guest: GuestId, conversation: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let loader = Loader::new(move || guest::profile(guest));
    let card = desk.part(move |state| state.talk(conversation).map(|talk| talk.card.guest.clone()));
    Effect::new(move |before: Option<()>| {
        card.track();
        if before.is_some() {
            loader.refresh();
        }
    });
    loader.show(6, move |profile| {
        view! {
            <section class="panel-section">
                <h2>{td_string!(t, desk.guest)}</h2>
                <dl class="facts">{facts(t, &profile)}</dl>
            </section>
            {(!profile.pages.is_empty()).then(|| view! { <Pages pages=profile.pages.clone() /> })}
        }
    })
}

/// What is known; what is not known is left out.
fn facts(t: Locale, profile: &GuestProfile) -> impl IntoView + use<> {
    let environment = &profile.environment;
    let joined = |parts: &[&str]| {
        let known: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        known.join(", ")
    };
    let screen = match (environment.screen_width, environment.screen_height) {
        (0, _) | (_, 0) => String::new(),
        (width, height) => format!("{width} × {height}"),
    };
    let facts = [
        (td_string!(t, desk.contact), profile.contact.clone()),
        (td_string!(t, desk.page), page_name(&profile.current_page)),
        (td_string!(t, desk.referrer), profile.first_page.referrer.clone()),
        (td_string!(t, desk.device), joined(&[&profile.browser, &profile.system])),
        (td_string!(t, desk.screen), screen),
        (td_string!(t, desk.language), environment.language.clone()),
        (td_string!(t, desk.time_zone), environment.time_zone.clone()),
        (td_string!(t, desk.address), profile.address.clone()),
        (td_string!(t, desk.visits), profile.visits.to_string()),
    ];
    let first_seen_at = profile.first_seen_at;
    view! {
        {facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                view! {
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                }
            })
            .collect_view()}
        <dt>{td_string!(t, desk.first_seen)}</dt>
        <dd><TimeAgo at=first_seen_at /></dd>
    }
}

fn page_name(page: &PageView) -> String {
    if page.title.is_empty() {
        page.url.clone()
    } else {
        page.title.clone()
    }
}

#[component]
fn Pages(pages: Vec<VisitedPage>) -> impl IntoView {
    let t = locale();
    let row = |visited: &VisitedPage| {
        let (name, url, at) = (page_name(&visited.page), visited.page.url.clone(), visited.at);
        view! {
            <li class="flex gap-2">
                <span class="grow truncate" title=url>{name}</span>
                <span class="shrink-0 text-xs text-quiet"><TimeAgo at /></span>
            </li>
        }
    };
    view! {
        <section class="panel-section">
            <h2>{td_string!(t, desk.pages)}</h2>
            <ol class="grid gap-1.5 text-sm">{pages.iter().take(10).map(row).collect_view()}</ol>
        </section>
    }
}
