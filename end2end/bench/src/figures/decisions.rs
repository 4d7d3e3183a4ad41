//! Decisions of the dispatcher on its own, with a short and with a long line.
//!
//! 1,000 agents hold one conversation each. Again and again one of them is closed, which seats the first in line, and a
//! new guest arrives at its end; both are decisions, and the line stays as long as it was.
#![allow(clippy::expect_used, reason = "a benchmark stops where it cannot go on")]

// The room whose instructions are counted, too.
#[path = "../../../../server/dispatch/benches/room/mod.rs"]
mod room;

use crate::figure::{Figure, Must, rounded};
use room::Room;
use std::time::Instant;

const ROUNDS: u32 = 200_000;
const SHORT: u32 = 1_000;
const LONG: u32 = 100_000;

#[expect(clippy::unnecessary_wraps, reason = "as every other figure")]
pub(crate) fn decisions() -> anyhow::Result<Vec<Figure>> {
    let (short, long) = (per_second(SHORT), per_second(LONG));
    Ok(vec![
        Figure {
            name: "decisions, 100,000 waiting, 1,000 agents",
            value: long,
            unit: "per s",
            must: Must::AtLeast(500_000.0),
            aim: 2_000_000.0,
            by: "dispatch",
            cpu: None,
            note: String::new(),
        },
        Figure {
            name: "time of a decision, 100,000 to 1,000 waiting",
            value: short / long,
            unit: "×",
            must: Must::AtMost(1.3),
            aim: 1.0,
            by: "dispatch",
            cpu: None,
            note: format!("{} per s with 1,000 waiting", rounded(short)),
        },
    ])
}

/// The best of three, so that somebody else's work on the machine does not count.
fn per_second(waiting: u32) -> f64 {
    let rate = |_| {
        let mut room = Room::with_line_of(waiting);
        let (mut decisions, began) = (0_usize, Instant::now());
        for _ in 0..ROUNDS {
            decisions += room.close_oldest();
            decisions += room.arrive();
        }
        decisions as f64 / began.elapsed().as_secs_f64()
    };
    (0..3).map(rate).fold(0.0, f64::max)
}
