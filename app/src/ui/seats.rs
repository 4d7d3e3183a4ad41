//! The signature: an agent's seats as a row of small squares, with the same meaning wherever it stands.

use crate::i18n::{Locale, locale, td_string, words};
use domain::Duty;
use leptos::prelude::*;

/// What the row shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatRow {
    pub duty: Duty,
    pub seats: i32,
    /// Conversations held; may be more than `seats` after a forced transfer or when seats were taken away.
    pub used: i32,
    /// The seats in use are held for an agent whose connection dropped.
    pub held: bool,
    /// No new guests for another reason than duty: away, or not connected.
    pub resting: bool,
}

/// One square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    Taken,
    Held,
    /// A conversation more than there are seats.
    Over,
    Free,
}

impl Seat {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Taken => "seat seat-taken",
            Self::Held => "seat seat-held",
            Self::Over => "seat seat-over",
            Self::Free => "seat",
        }
    }
}

impl SeatRow {
    fn squares(self) -> impl Iterator<Item = Seat> {
        (0..self.seats.max(self.used)).map(move |index| {
            if index >= self.seats {
                Seat::Over
            } else if index >= self.used {
                Seat::Free
            } else if self.held {
                Seat::Held
            } else {
                Seat::Taken
            }
        })
    }

    /// Drawn in grey: no new guest gets one of the seats.
    pub const fn at_rest(self) -> bool {
        !self.held && (self.resting || !matches!(self.duty, Duty::On))
    }

    /// The same in words.
    pub fn in_words(self, t: Locale) -> String {
        if self.seats == 0 && self.used == 0 {
            td_string!(t, seats.none).to_owned()
        } else if self.held {
            td_string!(t, seats.held, used = self.used, seats = self.seats)
        } else {
            let duty = words::duty(t, self.duty);
            td_string!(t, seats.text, used = self.used, seats = self.seats, duty = duty)
        }
    }
}

/// The row of squares, with the same said in words to those who do not see it.
#[component]
pub fn Seats(
    #[prop(into)] row: Signal<SeatRow>,
    /// The floor plan's size.
    #[prop(optional)]
    large: bool,
    /// What it means is said beside it.
    #[prop(optional)]
    ornament: bool,
) -> impl IntoView {
    let t = locale();
    let text = move || (!ornament).then(|| row.get().in_words(t));
    view! {
        <span
            class="seats"
            class:seats-large=large
            class:seats-resting=move || row.get().at_rest()
            role=(!ornament).then_some("img")
            aria-hidden=ornament.then_some("true")
            aria-label=text
            data-tip=text
        >
            {move || row.get().squares().map(|seat| view! { <span class=seat.class()></span> }).collect_view()}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(row: SeatRow) -> Vec<Seat> {
        row.squares().collect()
    }

    #[test]
    fn a_square_for_every_seat_and_every_conversation_beyond() {
        let row = SeatRow {
            seats: 3,
            used: 2,
            ..SeatRow::default()
        };
        assert_eq!(squares(row), [Seat::Taken, Seat::Taken, Seat::Free]);
        assert_eq!(
            squares(SeatRow { held: true, ..row }),
            [Seat::Held, Seat::Held, Seat::Free]
        );
        assert_eq!(squares(SeatRow { seats: 1, ..row }), [Seat::Taken, Seat::Over]);
        assert_eq!(squares(SeatRow::default()), []);
    }

    #[test]
    fn only_an_agent_on_duty_who_is_there_takes_guests() {
        let row = SeatRow {
            duty: Duty::On,
            ..SeatRow::default()
        };
        assert!(!row.at_rest());
        assert!(SeatRow { resting: true, ..row }.at_rest());
        let on_break = SeatRow {
            duty: Duty::Break,
            ..row
        };
        assert!(on_break.at_rest());
        assert!(!SeatRow { held: true, ..on_break }.at_rest(), "held seats say so");
    }
}
