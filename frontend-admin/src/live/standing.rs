//! Where an agent stands: what their duty, their connection and their last answer come to.

use app::i18n::{Locale, td_string};
use app::ui::Icon;
use app::ui::seats::SeatRow;
use domain::Duty;
use domain::live::LiveAgent;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// On duty and there.
    Serving,
    /// The connection dropped a moment ago; the seats are held.
    Held,
    /// Let a guest go unanswered and has shown no sign of life since.
    Away,
    /// On duty, but no desk of theirs is connected.
    Unconnected,
    OnBreak,
    Off,
}

impl Standing {
    pub(super) const fn of(agent: &LiveAgent) -> Self {
        match (agent.held, agent.duty) {
            (true, _) => Self::Held,
            (_, Duty::Off) => Self::Off,
            (_, Duty::Break) => Self::OnBreak,
            (_, Duty::On) if !agent.connected => Self::Unconnected,
            (_, Duty::On) if agent.away => Self::Away,
            (_, Duty::On) => Self::Serving,
        }
    }

    /// Guests are given to them, or will be when they are back in a moment.
    pub(super) const fn on_duty(self) -> bool {
        matches!(self, Self::Serving | Self::Held)
    }

    pub(super) fn words(self, t: Locale) -> &'static str {
        match self {
            Self::Serving => td_string!(t, duty.on),
            Self::Held => td_string!(t, live.held),
            Self::Away => td_string!(t, live.away),
            Self::Unconnected => td_string!(t, live.unconnected),
            Self::OnBreak => td_string!(t, duty.on_break),
            Self::Off => td_string!(t, duty.off),
        }
    }

    /// What follows from it, where that is not plain.
    pub(super) fn meaning(self, t: Locale) -> Option<&'static str> {
        match self {
            Self::Held => Some(td_string!(t, live.held_meaning)),
            Self::Away => Some(td_string!(t, live.away_meaning)),
            Self::Unconnected => Some(td_string!(t, live.unconnected_meaning)),
            Self::Serving | Self::OnBreak | Self::Off => None,
        }
    }

    /// The duty's age says something; that of a lost connection is not known.
    pub(super) const fn has_age(self) -> bool {
        matches!(self, Self::Serving | Self::OnBreak)
    }

    /// The role of its colour, as the style sheet names it.
    pub(super) const fn tone(self) -> &'static str {
        match self {
            Self::Serving => "ok",
            Self::Held | Self::Away | Self::Unconnected => "waiting",
            Self::OnBreak | Self::Off => "quiet",
        }
    }

    /// A shape for each, so that nothing hangs on the colour.
    pub(super) fn mark(self) -> impl IntoView {
        match self {
            Self::Serving => view! { <span class="live-dot"></span> }.into_any(),
            Self::Off => view! { <span class="live-dot live-ring"></span> }.into_any(),
            Self::Held | Self::Unconnected => Icon::WifiOff.view().into_any(),
            Self::Away => Icon::ClockAlert.view().into_any(),
            Self::OnBreak => Icon::Coffee.view().into_any(),
        }
    }
}

/// The agent's seats as every face draws them.
pub(super) fn seat_row(agent: &LiveAgent) -> SeatRow {
    SeatRow {
        duty: agent.duty,
        seats: agent.seats,
        used: agent.used,
        held: agent.held,
        resting: agent.away || !agent.connected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::tests::agent;

    #[test]
    fn whoever_is_on_duty_and_not_there_is_not_serving() {
        let standing = |change: fn(&mut LiveAgent)| {
            let mut agent = agent(1);
            change(&mut agent);
            Standing::of(&agent)
        };
        assert_eq!(standing(|_| {}), Standing::Serving);
        assert_eq!(standing(|agent| agent.away = true), Standing::Away);
        assert_eq!(standing(|agent| agent.connected = false), Standing::Unconnected);
        let dropped = |agent: &mut LiveAgent| (agent.connected, agent.held) = (false, true);
        assert_eq!(standing(dropped), Standing::Held);
        assert_eq!(standing(|agent| agent.duty = Duty::Break), Standing::OnBreak);
        let gone = |agent: &mut LiveAgent| (agent.duty, agent.connected) = (Duty::Off, false);
        assert_eq!(standing(gone), Standing::Off);
    }
}
