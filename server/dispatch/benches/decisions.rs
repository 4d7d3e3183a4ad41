//! How many decisions a second the dispatcher makes on its own, with a short and with a long line: `make bench`.
//!
//! 1,000 agents hold one conversation each. Again and again one of them is closed, which seats the first in line, and a
//! new guest arrives at its end; both are decisions, and the line stays as long as it was.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a benchmark prints, reads the clock and stops where it cannot go on"
)]

mod room;

use room::{AGENTS, Room};
use std::time::Instant;

const ROUNDS: u32 = 200_000;

fn main() {
    for waiting in [1_000, 100_000] {
        let mut room = Room::with_line_of(waiting);
        let mut decisions = 0;
        let started = Instant::now();
        for _ in 0..ROUNDS {
            decisions += room.close_oldest();
            decisions += room.arrive();
        }
        let per_second = f64::from(u32::try_from(decisions).unwrap_or(u32::MAX)) / started.elapsed().as_secs_f64();
        println!("dispatch, {AGENTS} agents, {waiting} waiting: {per_second:.0} decisions/s");
    }
}
