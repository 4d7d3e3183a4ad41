//! The floor plan: each agent a place with their seats.

use super::queues;
use app::i18n::{locale, td_string, words};
use app::ui::seats::SeatRow;
use app::ui::{Avatar, Seats};
use domain::Duty;
use domain::live::{LiveAgent, LiveGroup};
use leptos::prelude::*;

/// A group: its agents, then who waits for them.
pub(super) fn group(group: &LiveGroup, agents: Vec<LiveAgent>) -> impl IntoView + use<> {
    let t = locale();
    view! {
        <section class="room">
            <div class="room-head">
                <h2 class="text-lg">{group.name.clone()}</h2>
                <span class="text-quiet text-sm">{td_string!(t, admin.agents_in_group, n = agents.len())}</span>
            </div>
            {floor(agents)}
            {queues::queues(group)}
        </section>
    }
}

/// Those who take guests first, then those on break, then the rest.
pub(super) fn floor(mut agents: Vec<LiveAgent>) -> impl IntoView {
    agents.sort_by_key(|agent| match agent.duty {
        Duty::On => 0,
        Duty::Break => 1,
        Duty::Off => 2,
    });
    view! { <div class="floor">{agents.into_iter().map(place).collect_view()}</div> }
}

fn place(agent: LiveAgent) -> impl IntoView {
    let t = locale();
    let row = SeatRow {
        duty: agent.duty,
        seats: agent.seats,
        used: agent.used,
        held: agent.held,
        resting: agent.away || !agent.connected,
    };
    let (class, status) = if agent.held {
        ("tag tag-waiting", td_string!(t, admin.held))
    } else if agent.duty == Duty::On && !agent.connected {
        ("tag", td_string!(t, admin.not_connected))
    } else if agent.duty == Duty::On && agent.away {
        ("tag tag-waiting", td_string!(t, admin.away))
    } else if agent.duty == Duty::On {
        ("tag tag-ok", words::duty(t, agent.duty))
    } else {
        ("tag", words::duty(t, agent.duty))
    };
    view! {
        <article class="desk-card">
            <div class="desk-card-head">
                <Avatar name=agent.name.clone() seed=agent.id.to_string() />
                <b class="grow truncate font-[550]">{agent.name}</b>
                <span class=class>{status}</span>
            </div>
            <div class="flex items-center justify-between gap-3 min-h-[18px]">
                <Seats row=Signal::stored(row) large=true />
                <span class="text-quiet figures text-sm">{agent.used} "/" {agent.seats}</span>
            </div>
        </article>
    }
}
