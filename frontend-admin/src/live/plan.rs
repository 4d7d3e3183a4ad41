//! Which conversation is drawn in which of an agent's squares. One keeps its square for as long as it lasts, so that
//! nothing moves when a neighbour goes.

use domain::live::{LiveAgent, LiveSeat};

/// One square; empty if nobody sits there.
pub(super) type Square = Option<LiveSeat>;

/// The squares of `agent`: as many as they have seats, and one more for each conversation beyond.
pub(super) fn arrange(before: &[Square], agent: &LiveAgent) -> Vec<Square> {
    let seats = usize::try_from(agent.seats).unwrap_or_default();
    let mut squares: Vec<Square> = vec![None; seats.max(agent.seated.len())];
    let mut newcomers = Vec::new();
    for seat in &agent.seated {
        let kept = before
            .iter()
            .position(|square| square.as_ref().is_some_and(|one| one.conversation == seat.conversation));
        match kept.and_then(|index| squares.get_mut(index)) {
            Some(square) => *square = Some(seat.clone()),
            None => newcomers.push(seat.clone()),
        }
    }
    let empty = squares.iter_mut().filter(|square| square.is_none());
    for (square, seat) in empty.zip(newcomers) {
        *square = Some(seat);
    }
    squares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::tests::{agent, seat};

    fn numbers(squares: &[Square]) -> Vec<Option<u128>> {
        let number = |seat: &LiveSeat| seat.conversation.0.as_u128();
        squares.iter().map(|square| square.as_ref().map(number)).collect()
    }

    #[test]
    fn who_sits_stays_and_who_comes_takes_the_first_free_square() {
        let mut agent = agent(3);
        agent.seated = vec![seat(1), seat(2), seat(3)];
        let full = arrange(&[], &agent);
        assert_eq!(numbers(&full), [Some(1), Some(2), Some(3)]);

        agent.seated = vec![seat(2), seat(3)];
        let left = arrange(&full, &agent);
        assert_eq!(numbers(&left), [None, Some(2), Some(3)]);

        agent.seated = vec![seat(2), seat(3), seat(4)];
        assert_eq!(numbers(&arrange(&left, &agent)), [Some(4), Some(2), Some(3)]);
    }

    #[test]
    fn everyone_has_a_square_whatever_becomes_of_the_seats() {
        let mut agent = agent(3);
        agent.seated = vec![seat(1), seat(2), seat(3)];
        let full = arrange(&[], &agent);
        agent.seats = 1;
        agent.seated = vec![seat(2), seat(3)];
        assert_eq!(numbers(&arrange(&full, &agent)), [Some(3), Some(2)]);
        agent.seats = -1;
        agent.seated.clear();
        assert_eq!(numbers(&arrange(&full, &agent)), []);
    }
}
