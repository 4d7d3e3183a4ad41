//! The room in four numbers.

use app::i18n::{locale, td_string};
use domain::Duty;
use domain::live::{LiveAgent, LiveView};
use leptos::prelude::*;

/// Whether a new guest could be given to the agent.
fn takes_guests(agent: &LiveAgent) -> bool {
    agent.duty == Duty::On && agent.connected && !agent.away
}

pub(super) fn numbers(view: &LiveView) -> impl IntoView + use<> {
    let t = locale();
    let free: i32 = view
        .agents
        .iter()
        .filter(|agent| takes_guests(agent))
        .map(|agent| (agent.seats - agent.used).max(0))
        .sum();
    let on_duty = view.agents.iter().filter(|agent| agent.duty == Duty::On).count();
    let numbers = [
        (on_duty.to_string(), td_string!(t, admin.on_duty)),
        (free.to_string(), td_string!(t, admin.free_seats)),
        (
            view.agents.iter().map(|agent| agent.used).sum::<i32>().to_string(),
            td_string!(t, admin.taken_seats),
        ),
        (
            view.groups.iter().map(|group| group.waiting).sum::<i32>().to_string(),
            td_string!(t, admin.waiting),
        ),
        (
            view.groups
                .iter()
                .map(|group| group.missed_total)
                .sum::<i32>()
                .to_string(),
            td_string!(t, admin.missed),
        ),
    ];
    let one = |(number, name): (String, &'static str)| {
        view! {
            <div class="number">
                <b>{number}</b>
                {name}
            </div>
        }
    };
    view! { <div class="numbers">{numbers.map(one).into_iter().collect_view()}</div> }
}
