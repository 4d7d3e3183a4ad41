//! What one decision costs, in instructions: `scripts/instructions` runs this under valgrind.
//!
//! `instructions FIGURE ROUNDS`; without them, as `cargo bench` calls it, it does nothing. A round is two decisions: a
//! conversation ends, which seats the first in line, and a guest arrives at its end.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a program for people, at their own desk"
)]

mod room;

use room::Room;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(figure), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return;
    };
    let rounds: u32 = rounds.parse().expect("a number of rounds");
    let mut room = Room::with_line_of(match figure.as_str() {
        "behind_1000" => 1_000,
        "behind_20000" => 20_000,
        other => panic!("no figure: {other}"),
    });
    for _ in 0..rounds {
        room.close_oldest();
        room.arrive();
    }
}
