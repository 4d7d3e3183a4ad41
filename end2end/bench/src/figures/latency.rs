//! How long a message is on its way at an ordinary rate, what it costs then, and what one who does not read does to the
//! others.

use super::relay::{PAIRS, lanes};
use crate::figure::{Figure, Must, rounded};
use crate::floor::Floor;
use crate::load::{Done, Load, Tally};
use crate::machine::percentile;
use crate::wires::Wires;
use crate::world::{Seed, World};
use anyhow::Context as _;
use rig::desk::Desk;
use rig::guest::Guest;
use rig::text;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

const TIME: Duration = Duration::from_secs(10);
const PER_SECOND: u32 = 1_000;

/// What is quiet enough that nothing is shared between messages.
const FEW_PER_SECOND: u32 = 100;

/// How often it is measured; the worst counts.
const RUNS: usize = 3;

/// What is sent to the one who does not read: 1 MB a second.
const BURST: usize = 10;
const BURST_BYTES: usize = 1_000;
const BURST_EVERY: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(20);

/// One run.
#[derive(Clone, Copy, Debug)]
struct Run {
    p50: Duration,
    p99: Duration,
    slowest: Duration,
    /// The server's for each message.
    cpu: Duration,
}

pub(crate) fn latency() -> anyhow::Result<Vec<Figure>> {
    let floor = {
        let (floor, mut wires) = (Floor::start()?, Wires::new()?);
        let lanes = floor.lanes(&mut wires, PAIRS, true)?;
        Load::new(&mut wires, lanes, Done::Acknowledged).steady(PER_SECOND, TIME)?
    };
    let mut world = World::new(Seed {
        agents: PAIRS,
        seats: 1,
        ..Seed::default()
    })?;
    let mut wires = Wires::new()?;
    let lanes = lanes(&world, &mut wires)?;
    let mut load = Load::new(&mut wires, lanes, Done::Acknowledged);
    load.steady(PER_SECOND, Duration::from_secs(1))?;

    let few = run(&world, &mut load, FEW_PER_SECOND)?;
    let mut runs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        runs.push(run(&world, &mut load, PER_SECOND)?);
    }
    let noise = Noise::start(&mut world)?;
    let beside = run(&world, &mut load, PER_SECOND)?;
    noise.stop();

    let worst = |part: fn(&Run) -> Duration| runs.iter().map(part).max().unwrap_or_default();
    let each = |part: fn(&Run) -> Duration| -> Vec<f64> { runs.iter().map(|run| rounded(millis(part(run)))).collect() };
    let floor = |part| format!("floor {} ms", rounded(millis(percentile(&floor.latencies, part))));
    let cpu = worst(|run| run.cpu);
    let one = |name, value: Duration, must, note| Figure {
        name,
        value: millis(value),
        unit: "ms",
        must: Must::AtMost(must),
        aim: must / 2.0,
        by: "latency",
        cpu: None,
        note,
    };
    let cost = |name, value: Duration, must, note| Figure {
        name,
        value: value.as_secs_f64() * 1e6,
        unit: "µs",
        must: Must::AtMost(must),
        aim: must / 2.0,
        by: "latency",
        cpu: None,
        note,
    };
    Ok(vec![
        one(
            "sent to received at 1,000/s, p50",
            worst(|run| run.p50),
            0.6,
            floor(50.0),
        ),
        one(
            "sent to received at 1,000/s, p99",
            worst(|run| run.p99),
            1.0,
            format!("{:?} ms, {}", each(|run| run.p99), floor(99.0)),
        ),
        one(
            "sent to received at 1,000/s, slowest",
            worst(|run| run.slowest),
            10.0,
            format!("{:?} ms", each(|run| run.slowest)),
        ),
        one(
            "p99 beside one who does not read",
            beside.p99,
            1.5,
            format!("slowest {} ms", rounded(millis(beside.slowest))),
        ),
        cost("server CPU per message at 1,000/s", cpu, 100.0, String::new()),
        cost("server CPU per message at 100/s", few.cpu, 400.0, String::new()),
    ])
}

fn run(world: &World, load: &mut Load<'_>, per_second: u32) -> anyhow::Result<Run> {
    let before = world.usage()?;
    let tally = load.steady(per_second, TIME)?;
    let cpu = world.usage()?.cpu_since(&before) / u32::try_from(tally.delivered)?.max(1);
    Ok(Run {
        p50: percentile(&tally.latencies, 50.0),
        p99: percentile(&tally.latencies, 99.0),
        slowest: percentile(&tally.latencies, 100.0),
        cpu,
    })
}

/// A thousand messages a second between a guest and each agent of that world. With the server's CPU for each.
pub(crate) fn steady(world: &World, time: Duration) -> anyhow::Result<(Tally, Duration)> {
    let mut wires = Wires::new()?;
    let lanes = lanes(world, &mut wires)?;
    let mut load = Load::new(&mut wires, lanes, Done::Acknowledged);
    load.steady(PER_SECOND, Duration::from_secs(1))?;
    let before = world.usage()?;
    let tally = load.steady(PER_SECOND, time)?;
    let cpu = world.usage()?.cpu_since(&before);
    let messages = u32::try_from(tally.delivered)?.max(1);
    Ok((tally, cpu / messages))
}

/// An agent who sends on and on to a guest who does not read.
struct Noise {
    talking: tokio::task::JoinHandle<()>,
    /// Stays connected.
    _guest: Guest,
}

impl Noise {
    fn start(world: &mut World) -> anyhow::Result<Self> {
        let house = &mut world.house;
        let (mut desk, guest) = world.runtime.block_on(async {
            let talker = house.agent("talker", 1, &[house.group]).await?;
            let mut desk = house.desk(&talker);
            desk.connect().await?;
            desk.duty("on").await;
            desk.until("the duty", PATIENCE, |desk| text(&desk.me, "duty") == "on")
                .await?;
            let mut guest = house.guest();
            guest.dial.receive_bytes = Some(64 * 1_024);
            guest.connect().await?;
            guest.say(Uuid::new_v4(), "hello").await;
            desk.until("the guest", PATIENCE, |desk| desk.held.len() == 1).await?;
            anyhow::Ok((desk, guest))
        })?;
        let conversation = *desk.memory.held.keys().next().context("the talker holds nobody")?;
        let talking = world.runtime.spawn(async move { talk(&mut desk, conversation).await });
        Ok(Self { talking, _guest: guest })
    }

    fn stop(self) {
        self.talking.abort();
    }
}

async fn talk(desk: &mut Desk, conversation: Uuid) {
    let said = "x".repeat(BURST_BYTES);
    let mut due = interval(BURST_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        for _ in 0..BURST {
            desk.say(conversation, Uuid::new_v4(), &said).await;
        }
        let acknowledged = desk.until("acknowledgements", PATIENCE, |desk| desk.record.sent.open() == 0);
        if acknowledged.await.is_err() {
            return;
        }
    }
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
