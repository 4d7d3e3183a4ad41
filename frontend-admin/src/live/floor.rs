//! The floor plan of one group: who is on duty first, then who is on break; those off duty folded into a quiet line.

use super::place::Place;
use super::scene::{Scene, use_scene};
use super::standing::Standing;
use crate::page::Page;
use app::i18n::{locale, td_string};
use app::ui::names::name_or;
use app::ui::reactive::memo;
use app::ui::session::use_me;
use app::ui::{Avatar, Icon};
use domain::live::{LiveAgent, LiveView};
use domain::{Duty, GroupId, MemberId};
use leptos::prelude::*;

/// Whose floor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Group(GroupId),
    /// Agents without a group.
    Nobody,
}

impl Of {
    fn has(self, agent: &LiveAgent) -> bool {
        match self {
            Self::Group(group) => agent.groups.contains(&group),
            Self::Nobody => agent.groups.is_empty(),
        }
    }

    /// Those whose places are drawn: on duty before on break. Within that they keep their order, whatever becomes of
    /// their connection, so that no row jumps.
    fn present(self, view: &LiveView) -> Vec<MemberId> {
        let of_duty = |duty| {
            view.agents.iter().filter(move |agent| {
                let drawn_as = if agent.duty == Duty::On { Duty::On } else { Duty::Break };
                self.has(agent) && Standing::of(agent) != Standing::Off && drawn_as == duty
            })
        };
        of_duty(Duty::On)
            .chain(of_duty(Duty::Break))
            .map(|agent| agent.id)
            .collect()
    }

    fn off_duty(self, view: &LiveView) -> Vec<(MemberId, String)> {
        let off = view
            .agents
            .iter()
            .filter(|agent| self.has(agent) && Standing::of(agent) == Standing::Off);
        off.map(|agent| (agent.id, name_or(&agent.name, || agent.id.to_string())))
            .collect()
    }
}

#[component]
pub(super) fn Floor(of: Of) -> impl IntoView {
    let scene = use_scene();
    let present = memo(move || scene.with(|view| of.present(view)));
    let off_duty = memo(move || scene.with(|view| of.off_duty(view)));
    view! {
        <div class="live-floor">
            {move || trouble(scene, of)}
            <ul class="live-places">
                <For each=move || present.get() key=|id| *id children=|id| view! { <Place id /> } />
            </ul>
            <Show when=move || off_duty.with(|off| !off.is_empty())>
                <OffDuty off_duty />
            </Show>
        </div>
    }
}

/// What is wrong with the group as it is: nobody to serve it, or nobody on duty.
fn trouble(scene: Scene, of: Of) -> impl IntoView {
    let t = locale();
    let Of::Group(group) = of else { return None };
    let (staffed, waiting) = scene.of_group(group, |group| (group.staffed, group.waiting));
    let nobody = !scene.with(|view| view.agents.iter().any(|agent| of.has(agent)));
    if staffed {
        return None;
    }
    let text = match (nobody, waiting) {
        (true, _) => td_string!(t, live.no_agents),
        (false, 0) => td_string!(t, live.unstaffed),
        (false, _) => td_string!(t, live.unstaffed_waiting),
    };
    let link = (nobody && Page::Groups.seen_by(&use_me())).then(|| {
        view! {
            <a class="linked" href=Page::Groups.address()>
                {td_string!(t, live.choose_agents)}
            </a>
        }
    });
    Some(view! {
        <p class="live-trouble">
            {Icon::Info.view()}
            <span>{text} " " {link}</span>
        </p>
    })
}

#[component]
fn OffDuty(off_duty: Memo<Vec<(MemberId, String)>>) -> impl IntoView {
    let t = locale();
    let one = |(id, name): (MemberId, String)| {
        view! {
            <li>
                <Avatar name=name.clone() seed=id.to_string() />
                <span class="truncate">{name}</span>
            </li>
        }
    };
    view! {
        <details class="live-off">
            <summary>
                {Icon::ChevronRight.view()}
                {move || td_string!(t, live.n_off_duty, n = off_duty.with(Vec::len))}
            </summary>
            <ul>
                <For each=move || off_duty.get() key=Clone::clone children=one />
            </ul>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::tests::agent;

    #[test]
    fn those_on_duty_come_first_and_keep_their_order_when_a_connection_drops() {
        let named = |id, duty| LiveAgent {
            id: MemberId(id),
            duty,
            groups: vec![GroupId(1)],
            ..agent(1)
        };
        let mut view = LiveView {
            agents: vec![
                named(1, Duty::Off),
                named(2, Duty::Break),
                named(3, Duty::On),
                named(4, Duty::On),
            ],
            ..LiveView::default()
        };
        let of = Of::Group(GroupId(1));
        assert_eq!(of.present(&view), [3, 4, 2].map(MemberId));
        if let Some(dropped) = view.agents.get_mut(2) {
            (dropped.connected, dropped.held) = (false, true);
        }
        assert_eq!(of.present(&view), [3, 4, 2].map(MemberId));
        let off: Vec<_> = of.off_duty(&view).into_iter().map(|(id, _)| id).collect();
        assert_eq!(off, [MemberId(1)]);
        assert_eq!(Of::Nobody.present(&view), []);
    }
}
