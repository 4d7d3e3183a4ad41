//! The live page: the whole room as rows of seats, with the lines and the missed queues, as it is this moment.

mod floor;
mod numbers;
mod queues;

use crate::parts::PageFrame;
use app::i18n::{locale, td_string};
use app::ui::session::use_session;
use app::ui::socket::{Owner, Socket};
use app::ui::{Empty, Icon, LinkBanner, Loading};
use domain::live::{LiveAgent, LiveView};
use leptos::prelude::*;
use protocol::live::{LiveEvent, LiveFrame};
use protocol::{CloseCode, PROTOCOL};

#[component]
pub(crate) fn LivePage() -> impl IntoView {
    let (t, session) = (locale(), use_session());
    let view = RwSignal::new(None::<LiveView>);
    let owner = Owner {
        hello: Box::new(|| LiveFrame::Hello { protocol: PROTOCOL }),
        ping: LiveFrame::Ping,
        on_event: Box::new(move |_, event| match event {
            LiveEvent::View(now) => _ = view.try_set(Some(now)),
            LiveEvent::Pong => {}
        }),
        on_doubt: Box::new(move |code| match code {
            Some(CloseCode::Unauthorized) => session.end(),
            _ => session.check(),
        }),
    };
    let socket = Socket::open("/ws/live", owner);
    let link = socket.link();
    let banner = move || view! { <LinkBanner link on_retry=move |()| socket.restart() /> };
    view! {
        <PageFrame title=td_string!(t, admin.live) banner=banner>
            {move || match view.get() {
                None => view! { <Loading rows=6 /> }.into_any(),
                Some(view) if view.agents.is_empty() && view.groups.is_empty() => view! { <NobodyYet /> }.into_any(),
                Some(view) => view! { <Room view /> }.into_any(),
            }}
        </PageFrame>
    }
}

#[component]
fn NobodyYet() -> impl IntoView {
    let t = locale();
    view! {
        <Empty icon=Icon::Armchair title=td_string!(t, admin.nobody_title) text=td_string!(t, admin.nobody_text) />
    }
}

/// One row of the building for each group, and one for those who are in none.
#[component]
fn Room(view: LiveView) -> impl IntoView {
    let t = locale();
    let without: Vec<LiveAgent> = view
        .agents
        .iter()
        .filter(|agent| agent.groups.is_empty())
        .cloned()
        .collect();
    let groups = view.groups.iter().map(|group| {
        let agents = view
            .agents
            .iter()
            .filter(|agent| agent.groups.contains(&group.id))
            .cloned()
            .collect();
        floor::group(group, agents)
    });
    let groups: Vec<_> = groups.collect();
    view! {
        {numbers::numbers(&view)}
        {groups}
        {(!without.is_empty())
            .then(|| {
                view! {
                    <section class="room">
                        <h2>{td_string!(t, admin.no_group)}</h2>
                        {floor::floor(without)}
                    </section>
                }
            })}
    }
}
