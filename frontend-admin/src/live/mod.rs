//! The live page: the whole room as rows of seats, with the lines and the missed queues, as it is this moment.
//!
//! What is seen is told by the server, whole, whenever something changed. Each part looks at its own piece of it through a
//! memo, so that what has not changed is not drawn anew and nothing moves that has not moved.

mod card;
mod figures;
mod filter;
mod floor;
mod place;
mod plan;
mod queues;
mod scene;
mod seat;
mod standing;

use crate::page::Page;
use crate::parts::{PageFrame, Room, group_name};
use app::i18n::{locale, td_string};
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use app::ui::session::use_me;
use app::ui::socket::Link;
use app::ui::time_ago::{exact, lasted};
use app::ui::{Empty, Icon, LinkBanner, Loading};
use card::{Card, SeatCard};
use domain::GroupId;
use figures::FigureRow;
use filter::Filter;
use floor::{Floor, Of};
use leptos::prelude::*;
use queues::{Line, Missed};
use scene::{Scene, use_scene};

#[component]
pub(crate) fn LivePage() -> impl IntoView {
    let (t, room) = (locale(), Room::watch());
    let (link, card) = (room.link(), Card::start());
    provide_context(Scene::of(room));
    provide_context(card);
    let seen = memo(move || room.view().with(Option::is_some));
    let nobody = memo(move || {
        let none = |view: &domain::live::LiveView| view.agents.is_empty();
        room.view().with(|view| view.as_ref().is_some_and(none))
    });
    let banner = move || view! { <LinkBanner link kept=false on_retry=move |()| room.restart() /> };
    view! {
        <PageFrame title=td_string!(t, admin.live) banner=banner actions=move || view! { <Freshness room /> }>
            {move || match (seen.get(), nobody.get()) {
                (false, _) => view! { <Loading rows=8 /> }.into_any(),
                (true, true) => view! { <NobodyYet /> }.into_any(),
                (true, false) => {
                    view! {
                        <div class="live" data-stale=move || (link.get() != Link::Online).to_string()>
                            <House />
                        </div>
                    }
                        .into_any()
                }
            }} <SeatCard card />
        </PageFrame>
    }
}

/// How old the picture is. It says that it is live only while it is.
#[component]
fn Freshness(room: Room) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let online = memo(move || room.link().get() == Link::Online);
    let stale = move || room.heard().get().filter(|_| !online.get());
    let words = move || match stale() {
        Some(heard) => td_string!(t, live.stale, time = lasted(t, clock.now().ms_since(heard))),
        None if online.get() => td_string!(t, live.fresh).to_owned(),
        None => String::new(),
    };
    view! {
        <span
            class="live-freshness figures"
            data-fresh=move || online.get().to_string()
            data-tip=move || room.heard().get().filter(|_| !online.get()).map(|heard| exact(t, heard))
        >
            {move || online.get().then(|| view! { <span class="live-dot"></span> })} {words}
        </span>
    }
}

#[component]
fn NobodyYet() -> impl IntoView {
    let t = locale();
    let members = Page::Members.seen_by(&use_me()).then(|| {
        view! {
            <a class="btn btn-plain" href=Page::Members.address()>
                {td_string!(t, live.to_members)}
            </a>
        }
    });
    view! {
        <Empty icon=Icon::Armchair title=td_string!(t, admin.nobody_title) text=td_string!(t, admin.nobody_text)>
            {members}
        </Empty>
    }
}

/// Figures, then a section for each group.
#[component]
fn House() -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let filter = Filter::start();
    let groups = memo(move || {
        let only = filter.chosen().get();
        let shown = |id: &GroupId| only.is_none_or(|only| *id == only);
        scene.with(|view| {
            view.groups
                .iter()
                .map(|group| group.id)
                .filter(shown)
                .collect::<Vec<_>>()
        })
    });
    let strays = memo(move || {
        let stray = scene.with(|view| view.agents.iter().any(|agent| agent.groups.is_empty()));
        stray && filter.chosen().get().is_none()
    });
    view! {
        <FigureRow only=filter.chosen() />
        {filter.chips()}
        <For each=move || groups.get() key=|id| *id children=|id| view! { <Group id /> } />
        <Show when=move || strays.get()>
            <section class="live-group" aria-label=td_string!(t, admin.no_group)>
                <h2>{td_string!(t, admin.no_group)}</h2>
                <Floor of=Of::Nobody />
            </section>
        </Show>
    }
}

#[component]
fn Group(id: GroupId) -> impl IntoView {
    let scene = use_scene();
    let name = memo(move || scene.of_group(id, |group| group_name(id, &group.name)));
    view! {
        <section class="live-group" aria-label=name>
            <h2>{name}</h2>
            <Line group=id />
            <Floor of=Of::Group(id) />
            <Missed group=id />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use domain::live::{LiveAgent, LiveGroup, LiveSeat, LiveWaiting};
    use domain::{ConversationId, Duty, GroupId, GuestId, MemberId, Timestamp, WaitReason};
    use uuid::Uuid;

    /// One on duty in group 1, whose seats are all free.
    pub(super) fn agent(seats: i32) -> LiveAgent {
        LiveAgent {
            id: MemberId(1),
            name: "Mei".into(),
            duty: Duty::On,
            duty_since: None,
            connected: true,
            held: false,
            away: false,
            seats,
            used: 0,
            seated: vec![],
            groups: vec![GroupId(1)],
        }
    }

    pub(super) fn seat(conversation: u128) -> LiveSeat {
        LiveSeat {
            conversation: ConversationId(Uuid::from_u128(conversation)),
            group: GroupId(1),
            guest: GuestId(Uuid::from_u128(conversation)),
            guest_name: String::new(),
            since: Timestamp(0),
            waiting_since: None,
        }
    }

    pub(super) fn waiting(conversation: u128, since: i64) -> LiveWaiting {
        LiveWaiting {
            conversation: ConversationId(Uuid::from_u128(conversation)),
            guest: GuestId(Uuid::from_u128(conversation)),
            guest_name: String::new(),
            since: Timestamp(since),
            reason: WaitReason::Arrived,
        }
    }

    pub(super) fn group(id: i64) -> LiveGroup {
        LiveGroup {
            id: GroupId(id),
            name: "Service".into(),
            staffed: true,
            line: vec![],
            waiting: 0,
            missed: vec![],
            missed_total: 0,
        }
    }
}
