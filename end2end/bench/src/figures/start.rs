//! A start with a full database, and what it holds in memory then.

use crate::figure::{Figure, Must};
use crate::world::{Seed, World};

const STARTS: usize = 5;

pub(crate) fn start() -> anyhow::Result<Vec<Figure>> {
    let mut world = World::new(Seed {
        agents: 100,
        seats: 10,
        open: 1_000,
        messages: 1_000,
        closed: 0,
    })?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        world.stop()?;
        times.push(world.start()?);
    }
    times.sort_unstable();
    world.settle()?;
    let usage = world.usage()?;
    Ok(vec![
        Figure {
            name: "start to ready, 1,000,000 messages",
            value: times[STARTS / 2].as_secs_f64() * 1e3,
            unit: "ms",
            must: Must::AtMost(500.0),
            aim: 150.0,
            by: "start",
            cpu: Some((usage.cpu, "start")),
            note: "the median of five, 1,000 conversations open".to_owned(),
        },
        Figure {
            name: "memory at rest after it",
            value: usage.pss_bytes as f64 / f64::from(1 << 20),
            unit: "MiB",
            must: Must::AtMost(60.0),
            aim: 30.0,
            by: "start",
            cpu: None,
            note: String::new(),
        },
    ])
}
