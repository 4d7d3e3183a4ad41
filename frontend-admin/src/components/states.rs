//! When there is nothing to show, or not yet, or not any more.

use super::sample::{Sample, button};
use app::api::{ApiError, ErrorCode};
use app::i18n::{Locale, locale, td_string};
use app::ui::socket::{Link, Outage};
use app::ui::{Empty, ErrorState, Icon, LinkBanner, Loading};
use domain::Timestamp;
use leptos::prelude::*;
use protocol::CloseCode;

pub(super) fn samples(t: Locale) -> Vec<Sample> {
    vec![
        Sample::new("Loading", td_string!(t, showcase.loading_why), || {
            view! { <Loading rows=4 /> }.into_any()
        }),
        Sample::new("Empty", td_string!(t, showcase.empty_why), empty),
        Sample::new("ErrorState", td_string!(t, showcase.error_why), errors),
        Sample::new("LinkBanner", td_string!(t, showcase.banner_why), banners),
    ]
}

fn empty() -> AnyView {
    let t = locale();
    view! {
        <Empty icon=Icon::Inbox title=td_string!(t, desk.missed_empty) />
        <Empty icon=Icon::Armchair title=td_string!(t, admin.nobody_title) text=td_string!(t, admin.nobody_text)>
            {button(td_string!(t, live.to_members), || ())}
        </Empty>
    }
    .into_any()
}

fn errors() -> AnyView {
    let codes = [
        ErrorCode::Unreachable,
        ErrorCode::Internal,
        ErrorCode::NotFound,
        ErrorCode::Forbidden,
        ErrorCode::WrongOrigin,
        ErrorCode::ForeignAnswer,
    ];
    let one = |code| view! { <ErrorState error=ApiError::new(code, "") on_retry=|()| () /> };
    codes.map(one).into_iter().collect_view().into_any()
}

fn banners() -> AnyView {
    let lost = |why| Link::Lost {
        at: Timestamp(i64::from(u32::MAX) * 1_000),
        why,
    };
    let links = [
        lost(Outage::Unknown),
        lost(Outage::Restarting),
        lost(Outage::Blocked),
        lost(Outage::WrongOrigin),
        Link::Reconnecting,
        Link::Refused(None),
        Link::Refused(Some(CloseCode::Forbidden)),
    ];
    let one = |link: Link| view! { <LinkBanner link=Signal::stored(link) on_retry=|()| () /> };
    links.map(one).into_iter().collect_view().into_any()
}
