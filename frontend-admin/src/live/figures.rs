//! The room in four figures: who is on duty, how many seats are taken, who waits, who was missed.

use super::scene::{Lasted, use_scene};
use super::standing::Standing;
use app::i18n::{Locale, locale, td_string};
use app::ui::reactive::memo;
use app::ui::{TimeAgo, warmth};
use domain::live::{LiveAgent, LiveView};
use domain::{GroupId, Timestamp};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Figures {
    agents: usize,
    on_duty: usize,
    away: usize,
    on_break: usize,
    unconnected: usize,
    /// Conversations in seats.
    taken: i32,
    /// Seats of those on duty, and those of others that are still taken.
    seats: i32,
    /// Seats that a new guest could get this moment.
    free: i32,
    waiting: i32,
    longest_since: Option<Timestamp>,
    missed: i32,
    last_missed: Option<Timestamp>,
}

impl Figures {
    /// Those of one group, or of the whole house; an agent of several groups counts once.
    fn of(view: &LiveView, only: Option<GroupId>) -> Self {
        let groups = view
            .groups
            .iter()
            .filter(|group| only.is_none_or(|only| group.id == only));
        let agents = view
            .agents
            .iter()
            .filter(|agent| only.is_none_or(|only| agent.groups.contains(&only)));
        let mut figures = Self::default();
        agents.for_each(|agent| figures.add(agent));
        for group in groups {
            figures.waiting += group.waiting;
            figures.missed += group.missed_total;
            let longest = group.line.iter().map(|one| one.since).min();
            figures.longest_since = figures.longest_since.into_iter().chain(longest).min();
            let last = group.missed.iter().map(|one| one.since).max();
            figures.last_missed = figures.last_missed.max(last);
        }
        figures
    }

    fn add(&mut self, agent: &LiveAgent) {
        let standing = Standing::of(agent);
        self.agents += 1;
        self.taken += agent.used;
        self.seats += agent.used;
        let unused = (agent.seats - agent.used).max(0);
        if standing.on_duty() {
            self.on_duty += 1;
            self.seats += unused;
        }
        match standing {
            Standing::Serving => self.free += unused,
            Standing::Away => self.away += 1,
            Standing::OnBreak => self.on_break += 1,
            Standing::Unconnected => self.unconnected += 1,
            Standing::Held | Standing::Off => {}
        }
    }

    /// Those who would be on duty but for something.
    fn others(self, t: Locale) -> String {
        let others = [
            (self.away, td_string!(t, live.n_away, n = self.away)),
            (
                self.unconnected,
                td_string!(t, live.n_unconnected, n = self.unconnected),
            ),
            (self.on_break, td_string!(t, live.n_on_break, n = self.on_break)),
        ];
        let said = others.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words);
        said.collect::<Vec<_>>().join(" · ")
    }
}

/// The figures of `only` that group, or of the whole house.
#[component]
pub(super) fn FigureRow(only: Signal<Option<GroupId>>) -> impl IntoView {
    let (t, scene) = (locale(), use_scene());
    let figures = memo(move || scene.with(|view| Figures::of(view, only.get())));
    let longest = memo(move || figures.get().longest_since);
    let last_missed = memo(move || figures.get().last_missed);
    let free = move || match figures.get().free {
        0 => td_string!(t, live.none_free).to_owned(),
        n => td_string!(t, live.n_free, n = n),
    };
    view! {
        <dl class="live-figures">
            <div>
                <dt>{td_string!(t, duty.on)}</dt>
                <dd>
                    <b>{move || figures.get().on_duty}</b>
                    <span>"/" {move || figures.get().agents}</span>
                </dd>
                <dd>{move || figures.get().others(t)}</dd>
            </div>
            <div>
                <dt>{td_string!(t, live.seats_taken)}</dt>
                <dd>
                    <b>{move || figures.get().taken}</b>
                    <span>"/" {move || figures.get().seats}</span>
                </dd>
                <dd>{free}</dd>
            </div>
            <div>
                <dt>{td_string!(t, live.waiting)}</dt>
                <dd>
                    <b>{move || figures.get().waiting}</b>
                </dd>
                <dd>
                    {move || {
                        longest
                            .get()
                            .map(|since| {
                                view! {
                                    {td_string!(t, live.longest)} " "
                                    <span class=move || warmth(since, scene.now())><Lasted since /></span>
                                }
                            })
                    }}
                </dd>
            </div>
            <div>
                <dt>{td_string!(t, live.missed)}</dt>
                <dd>
                    <b>{move || figures.get().missed}</b>
                </dd>
                <dd>
                    {move || {
                        last_missed.get().map(|at| view! { {td_string!(t, live.last)} " " <TimeAgo at /> })
                    }}
                </dd>
            </div>
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::tests::{agent, group, seat, waiting};

    #[test]
    fn an_agent_of_two_groups_counts_once_and_only_who_is_there_has_free_seats() {
        let mut both = agent(3);
        both.groups = vec![GroupId(1), GroupId(2)];
        (both.seated, both.used) = (vec![seat(1)], 1);
        let mut away = agent(2);
        away.away = true;
        let mut over = agent(1);
        over.duty = domain::Duty::Break;
        (over.seated, over.used) = (vec![seat(2), seat(3)], 2);
        let view = LiveView {
            agents: vec![both, away, over],
            groups: vec![group(1), group(2)],
            ..LiveView::default()
        };
        let figures = Figures::of(&view, None);
        assert_eq!((figures.agents, figures.on_duty), (3, 1));
        assert_eq!((figures.away, figures.on_break), (1, 1));
        assert_eq!((figures.taken, figures.seats, figures.free), (3, 5, 2));
        assert_eq!(Figures::of(&view, Some(GroupId(2))).taken, 1);
    }

    #[test]
    fn the_longest_wait_is_that_of_any_line() {
        let (mut first, mut second) = (group(1), group(2));
        (first.line, first.waiting) = (vec![waiting(1, 500), waiting(2, 300)], 2);
        (second.line, second.waiting) = (vec![waiting(3, 400)], 1);
        let view = LiveView {
            groups: vec![first, second],
            ..LiveView::default()
        };
        let figures = Figures::of(&view, None);
        assert_eq!((figures.waiting, figures.longest_since), (3, Some(Timestamp(300))));
        let second = Figures::of(&view, Some(GroupId(2)));
        assert_eq!((second.waiting, second.longest_since), (1, Some(Timestamp(400))));
    }
}
