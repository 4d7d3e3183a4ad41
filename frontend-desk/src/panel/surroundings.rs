//! Where the guest is: on which page, at which hour, with which device. A line for what is known, none for what is not.

use crate::guest::intl::{language_name, time_in, zone_name};
use crate::guest::page::{self, PageLink};
use crate::guest::use_here;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::TimeAgo;
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use domain::guest::{Environment, GuestProfile, PageView};
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;

const MINUTE_MS: i64 = 60_000;

#[component]
pub(super) fn Surroundings(conversation: ConversationId, profile: GuestProfile) -> impl IntoView {
    let t = locale();
    let Environment {
        language, time_zone, ..
    } = profile.environment.clone();
    let language = language_name(t, &language).filter(|_| !language.is_empty());
    let devices = [profile.browser.as_str(), profile.system.as_str()];
    let device: Vec<_> = devices.into_iter().filter(|part| !part.is_empty()).collect();
    let (referrer, first_seen_at) = (profile.first_page.referrer.clone(), profile.first_seen_at);
    view! {
        <section class="guest-section">
            <dl class="guest-facts">
                <CurrentPage conversation page=profile.current_page.clone() />
                {(!page::host(&referrer).is_empty())
                    .then(|| {
                        let text = page::host(&referrer).to_owned();
                        fact(td_string!(t, desk.referrer), view! { <PageLink url=referrer text /> })
                    })}
                <LocalTime zone=time_zone />
                {language.map(|language| fact(td_string!(t, desk.language), language))}
                {(!device.is_empty()).then(|| fact(td_string!(t, desk.device), device.join(" · ")))}
                {screen(&profile.environment).map(|screen| fact(td_string!(t, desk.screen), screen))}
                {(!profile.address.is_empty()).then(|| fact(td_string!(t, desk.address), profile.address.clone()))}
                {fact(td_string!(t, desk.visits), profile.visits.to_string())}
                {fact(td_string!(t, desk.first_seen), view! { <TimeAgo at=first_seen_at /> })}
            </dl>
        </section>
    }
}

fn fact(name: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

fn screen(environment: &Environment) -> Option<String> {
    let (width, height) = (environment.screen_width, environment.screen_height);
    (width > 0 && height > 0).then(|| format!("{width} × {height}"))
}

/// The page the guest is on, or was on last. The desk is told of a change at once, the profile a little later.
#[component]
fn CurrentPage(conversation: ConversationId, page: PageView) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let card = desk.part(move |state| {
        let guest = state.guest(conversation)?;
        Some((guest.page_url.clone(), guest.page_title.clone()))
    });
    let here = use_here(conversation);
    move || {
        let (here, told) = (here.get() == Some(true), card.get().filter(|(url, _)| !url.is_empty()));
        let page = told.map_or_else(
            || page.clone(),
            |(url, title)| PageView {
                url,
                title,
                referrer: String::new(),
            },
        );
        let (label, name, path) = (
            if here {
                td_string!(t, desk.page)
            } else {
                td_string!(t, desk.last_page)
            },
            page::name(&page),
            page::path(&page.url).to_owned(),
        );
        (!name.is_empty()).then(|| {
            let path = (path != name && path != "/" && !path.is_empty()).then_some(path);
            let value = view! {
                <PageLink url=page.url text=name />
                {path.map(|path| view! { <span class="guest-path">{path}</span> })}
            };
            fact(label, value)
        })
    }
}

/// What the guest's clock shows, if their browser says where they are.
#[component]
fn LocalTime(zone: String) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let minute = memo(move || clock.now().0.div_euclid(MINUTE_MS));
    let name = zone_name(t, &zone);
    let tip = zone.clone();
    let time = move || time_in(t, &zone, Timestamp(minute.get() * MINUTE_MS));
    name.zip(untrack(&time)).map(move |(name, _)| {
        let value = view! {
            <span data-tip=tip>
                <span class="figures">{move || time()}</span>
                <span class="guest-path">{name}</span>
            </span>
        };
        fact(td_string!(t, desk.local_time), value)
    })
}
