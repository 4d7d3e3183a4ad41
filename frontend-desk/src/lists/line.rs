//! Who waits in the lines of my groups, first in line first. They come by themselves as seats get free.

use super::row::page;
use super::section::{Hidden, Rows, Section};
use crate::address;
use crate::guest::guest_name;
use crate::store::use_desk;
use app::i18n::{Locale, locale, td_string};
use app::ui::clock::use_clock;
use app::ui::reactive::memo;
use app::ui::time_ago::Lasting;
use app::ui::{Button, Icon, Kind, LineDots, warmth};
use domain::{ConversationId, Timestamp, WaitReason};
use leptos::prelude::*;

/// So many are shown until the agent wants to see all.
const SHOWN: usize = 5;

#[component]
pub(super) fn WaitingLine() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let total = desk.part(|state| state.line.total);
    let all = RwSignal::new(false);
    let ids = desk.part(|state| {
        state
            .line
            .waiting
            .iter()
            .map(|entry| entry.conversation)
            .collect::<Vec<_>>()
    });
    let listed = memo(move || ids.with(Vec::len));
    let shown = Signal::derive(move || {
        let most = if all.get() { usize::MAX } else { SHOWN };
        ids.get().into_iter().take(most).collect::<Vec<_>>()
    });
    let dots = move || view! { {(total.get() > 0).then(|| view! { <LineDots waiting=total /> })} };
    let more = move || {
        (listed.get() > SHOWN).then(|| {
            let label = move || {
                if all.get() {
                    td_string!(t, desk.show_fewer).to_owned()
                } else {
                    td_string!(t, desk.show_all, n = listed.get())
                }
            };
            view! {
                <div class="list-more">
                    <Button
                        label=Signal::derive(label)
                        small=true
                        kind=Kind::Quiet
                        on_press=move |()| all.update(|all| *all = !*all)
                    />
                </div>
            }
        })
    };
    view! {
        <Section name=td_string!(t, desk.line) key="line" count=total beside=move || dots>
            {move || (total.get() == 0).then(|| view! { <p class="list-none">{td_string!(t, desk.line_empty)}</p> })}
            <Rows ids=shown row=|id| view! { <LineRow id /> }.into_any() />
            {more}
            {move || (all.get() || listed.get() <= SHOWN).then(|| view! { <Hidden total shown=listed /> })}
        </Section>
    }
}

#[component]
fn LineRow(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let this = desk.part(move |state| state.waiting_entry(id).cloned());
    let current = desk.part(move |state| state.open == Some(id));
    let position = desk.part(move |state| state.position(id));
    let group = desk.part(move |state| state.group_name(state.waiting_entry(id)?.group));
    view! {
        <a
            class="row"
            href=address::of(id)
            data-stop
            aria-current=move || current.get().then_some("page")
        >
            <span class="position">{position}</span>
            {move || {
                let entry = this.get()?;
                let gone = (!entry.guest_here).then(|| td_string!(t, desk.not_here).to_owned());
                let place = Some(page(&entry.guest)).filter(|page| !page.is_empty());
                let facts: Vec<_> = [gone, place, group.get()].into_iter().flatten().collect();
                Some(
                    view! {
                        <span class="row-who">
                            <bdi class="truncate">{guest_name(t, &entry.guest)}</bdi>
                        </span>
                        <span class="row-words">{back(t, entry.reason)} <bdi>{facts.join(" · ")}</bdi></span>
                        <span class="row-side">
                            <Wait since=entry.since />
                        </span>
                    },
                )
            }}
        </a>
    }
}

#[component]
fn Wait(since: Timestamp) -> impl IntoView {
    let clock = use_clock();
    view! { <span class=move || warmth(since, clock.now())><Lasting since /></span> }
}

/// Why a guest who had a seat is in line again.
fn back(t: Locale, reason: WaitReason) -> Option<impl IntoView> {
    let text = match reason {
        WaitReason::Arrived | WaitReason::Unknown => return None,
        WaitReason::AgentLost => td_string!(t, desk.back_lost),
        WaitReason::AgentLeft => td_string!(t, desk.back_left),
        WaitReason::Bounced => td_string!(t, desk.back_bounced),
        WaitReason::GuestAway => td_string!(t, desk.back_away),
    };
    Some(view! { <span class="row-back">{Icon::Undo2.view()} {text}</span> })
}
