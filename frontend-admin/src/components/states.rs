//! When there is nothing to show, or not yet, or not any more.

use super::sample::{Sample, button};
use app::api::{ApiError, ErrorCode};
use app::i18n::{locale, td_string};
use app::ui::socket::{Link, Outage};
use app::ui::{Empty, ErrorState, Icon, LinkBanner, Loading};
use domain::Timestamp;
use leptos::prelude::*;
use protocol::CloseCode;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Loading",
            "An outline of what is on its way; never a spinner in place of content.",
            || view! { <Loading rows=4 /> }.into_any(),
        ),
        Sample::new(
            "Empty",
            "Nothing here, what that means, and what would change it.",
            empty,
        ),
        Sample::new(
            "ErrorState",
            "What happened, and a way to try again where that could help.",
            errors,
        ),
        Sample::new(
            "LinkBanner",
            "How the connection is, said only while it is not well.",
            banners,
        ),
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
