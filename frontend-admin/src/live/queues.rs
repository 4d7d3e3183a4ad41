//! Who waits for a group, in order, and whom it missed.

use super::scene::{Lasted, Scene, use_scene};
use app::i18n::{locale, td_string, words};
use app::ui::letters::capital;
use app::ui::reactive::memo;
use app::ui::{Avatar, Button, Kind, LineDots, TimeAgo, guest_name, warmth};
use domain::live::{LiveGroup, LiveMissed, LiveWaiting};
use domain::{ConversationId, GroupId};
use leptos::prelude::*;

/// People shown before one asks for all.
const SHOWN_MAX: usize = 6;

/// Who waits: dots that end at a seat, then people in their order.
#[component]
pub(super) fn Line(group: GroupId) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let total = memo(move || scene.of_group(group, |group| group.waiting));
    let ids = of_group(scene, group, |group| {
        group.line.iter().map(|one| one.conversation).collect()
    });
    let person = move |id: ConversationId| {
        let position = memo(move || {
            ids.with(|ids| ids.iter().position(|one| *one == id))
                .unwrap_or_default()
        });
        let found = move |group: &LiveGroup| group.line.iter().find(|one| one.conversation == id).cloned();
        let one = memo(move || scene.of_group(group, found));
        move || one.get().map(|one| view! { <InLine one position /> })
    };
    view! {
        <section class="live-queue">
            <header>
                <h3>{td_string!(t, live.line)}</h3>
                <span class="live-count figures">{total}</span>
                <span class="grow"></span>
                <LineDots waiting=total />
            </header>
            <Queue ids total none=td_string!(t, desk.line_empty) person />
        </section>
    }
}

/// Whom the group missed, the newest first.
#[component]
pub(super) fn Missed(group: GroupId) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let total = memo(move || scene.of_group(group, |group| group.missed_total));
    let ids = of_group(scene, group, |group| {
        group.missed.iter().map(|one| one.conversation).collect()
    });
    let person = move |id: ConversationId| {
        let found = move |group: &LiveGroup| group.missed.iter().find(|one| one.conversation == id).cloned();
        let one = memo(move || scene.of_group(group, found));
        move || one.get().map(|one| view! { <InMissed one /> })
    };
    view! {
        <section class="live-queue">
            <header>
                <h3>{td_string!(t, live.missed)}</h3>
                <span class="live-count figures">{total}</span>
            </header>
            <Queue ids total none=td_string!(t, live.missed_empty) person />
        </section>
    }
}

fn of_group(scene: Scene, group: GroupId, pick: fn(&LiveGroup) -> Vec<ConversationId>) -> Memo<Vec<ConversationId>> {
    memo(move || scene.of_group(group, pick))
}

/// The first few of a list, all of them if asked for.
#[component]
fn Queue<V: IntoView + 'static>(
    ids: Memo<Vec<ConversationId>>,
    /// As many as there are, of whom the server lists the first hundred.
    total: Memo<i32>,
    none: &'static str,
    person: impl Fn(ConversationId) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (t, all) = (locale(), RwSignal::new(false));
    let listed = memo(move || ids.with(Vec::len));
    let shown = memo(move || {
        let mut ids = ids.get();
        if !all.get() {
            ids.truncate(SHOWN_MAX);
        }
        ids
    });
    let unlisted = move || total.get() - i32::try_from(listed.get()).unwrap_or(i32::MAX);
    let verb = Signal::derive(move || {
        if all.get() {
            td_string!(t, live.show_fewer).to_owned()
        } else {
            td_string!(t, live.show_all, n = listed.get())
        }
    });
    view! {
        <Show
            when=move || listed.get() != 0
            fallback=move || view! { <p class="live-none">{none}</p> }
        >
            <ol>
                <For each=move || shown.get() key=|id| *id children=person />
            </ol>
            <Show when=move || { listed.get() > SHOWN_MAX }>
                <Button label=verb kind=Kind::Quiet small=true on_press=move |()| all.update(|all| *all = !*all) />
            </Show>
            <Show when=move || { all.get() && unlisted() > 0 }>
                <span class="live-none">{move || td_string!(t, desk.more, n = unlisted())}</span>
            </Show>
        </Show>
    }
}

#[component]
fn InLine(one: LiveWaiting, position: Memo<usize>) -> impl IntoView {
    let (t, scene, since) = (locale(), use_scene(), one.since);
    let (name, reason) = (
        guest_name(t, one.guest, &one.guest_name),
        sentence(words::wait_reason(t, one.reason)),
    );
    view! {
        <li class="live-person">
            <span class="live-position figures">{move || position.get() + 1}</span>
            <span class="live-name">
                <span class="truncate">{name}</span>
                <span class="truncate">{reason}</span>
            </span>
            <span class=move || format!("figures {}", warmth(since, scene.now()))>
                <Lasted since />
            </span>
        </li>
    }
}

#[component]
fn InMissed(one: LiveMissed) -> impl IntoView {
    let (t, at) = (locale(), one.since);
    let name = guest_name(t, one.guest, &one.guest_name);
    view! {
        <li class="live-person">
            <Avatar name=one.guest_name seed=one.guest.to_string() />
            <span class="live-name">
                <span class="truncate">{name}</span>
                <span class="truncate">{words::missed_reason(t, one.reason)}</span>
            </span>
            <span class="text-quiet"><TimeAgo at /></span>
        </li>
    }
}

/// A reason that stands alone begins with a capital, where there are capitals.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| capital(first.encode_utf8(&mut [0; 4])));
    first.unwrap_or_default() + letters.as_str()
}
