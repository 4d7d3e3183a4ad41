//! What a long past costs: opening a conversation of 100,000 messages, and sending beside 10,000,000 stored ones.

use super::latency::{millis, steady};
use crate::figure::{Figure, Must, rounded};
use crate::machine::percentile;
use crate::world::{Seed, World};
use serde_json::json;
use std::time::{Duration, Instant};

const OPENED: usize = 200;
const STEADY: Duration = Duration::from_secs(10);

/// The last page of a conversation, as the desk asks for it.
pub(crate) fn open() -> anyhow::Result<Vec<Figure>> {
    let mut world = World::new(Seed {
        agents: 1,
        seats: 10,
        open: 10,
        messages: 100_000,
        closed: 0,
    })?;
    let before = world.usage()?;
    let mut times = Vec::with_capacity(OPENED);
    for number in 0..OPENED {
        let talk = uuid::Uuid::from_slice(format!("talk--{:010}", number % 10).as_bytes())?;
        let question = json!({"conversation": talk, "before": null});
        let began = Instant::now();
        world
            .runtime
            .block_on(world.house.admin.call("conversation/history", question))?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let cpu = world.usage()?.cpu_since(&before) / u32::try_from(OPENED)?;
    Ok(vec![Figure {
        name: "opening a conversation of 100,000, p95",
        value: millis(percentile(&times, 95.0)),
        unit: "ms",
        must: Must::AtMost(20.0),
        aim: 5.0,
        by: "open",
        cpu: Some((cpu, "opening")),
        note: format!("median {} ms, over HTTP", rounded(millis(percentile(&times, 50.0)))),
    }])
}

pub(crate) fn large() -> anyhow::Result<Vec<Figure>> {
    let measure = |closed| {
        let seed = Seed {
            agents: 100,
            seats: 1,
            closed,
            ..Seed::default()
        };
        let (tally, cpu) = steady(&World::new(seed)?, STEADY)?;
        anyhow::Ok((millis(percentile(&tally.latencies, 50.0)), cpu))
    };
    let (empty, _) = measure(0)?;
    let (full, cpu) = measure(100_000)?;
    Ok(vec![Figure {
        name: "send latency with 10,000,000 messages",
        value: full / empty,
        unit: "× empty",
        must: Must::AtMost(1.3),
        aim: 1.05,
        by: "large",
        cpu: Some((cpu, "message")),
        note: format!("median {} ms, empty {} ms", rounded(full), rounded(empty)),
    }])
}
