//! Messages relayed, stored and acknowledged, as many as go, beside a relay that does nothing else.

use crate::figure::{Figure, Must, rounded};
use crate::floor::Floor;
use crate::load::{Done, Lane, Load};
use crate::pairs;
use crate::wires::Wires;
use crate::world::{Seed, World};
use rig::usage::Usage;
use std::time::{Duration, Instant};

pub(crate) const PAIRS: u32 = 100;
const WARM: Duration = Duration::from_secs(2);
const COUNT: Duration = Duration::from_secs(5);

/// What else the machine does comes and goes within seconds. So the floors and the server take turns, and the middle one of
/// each counts.
const TURNS: usize = 3;

/// What relaying came to.
#[derive(Clone, Copy, Debug)]
struct Rate {
    per_second: f64,
    /// The server's, and our own, for each relay.
    cpu: Duration,
    client: Duration,
}

pub(crate) fn relay() -> anyhow::Result<Vec<Figure>> {
    // The floor is the one that does not even acknowledge.
    let (mut bare, mut with_acks, mut stored) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        bare.push(floor(false)?);
        with_acks.push(floor(true)?);
        stored.push(seatline()?);
    }
    let (floor, acknowledging, rate) = (middle(bare), middle(with_acks), middle(stored));
    let note = format!(
        "{} relays/s; floor {} ({} µs CPU each), with acknowledgements {} ({} µs); our clients {} µs each",
        rounded(rate.per_second),
        rounded(floor.per_second),
        micros(floor.cpu),
        rounded(acknowledging.per_second),
        micros(acknowledging.cpu),
        micros(rate.client),
    );
    let share = Figure {
        name: "relayed messages, share of the floor",
        value: rate.per_second / floor.per_second,
        unit: "of floor",
        must: Must::AtLeast(0.30),
        aim: 0.45,
        by: "relay",
        cpu: Some((rate.cpu, "message")),
        note,
    };
    let cpu = Figure {
        name: "server CPU per relayed message",
        value: rate.cpu.as_secs_f64() * 1e6,
        unit: "µs",
        must: Must::AtMost(25.0),
        aim: 15.0,
        by: "relay",
        cpu: None,
        note: String::new(),
    };
    Ok(vec![share, cpu])
}

fn middle(mut rates: Vec<Rate>) -> Rate {
    rates.sort_unstable_by(|one, other| one.per_second.total_cmp(&other.per_second));
    rates[rates.len() / 2]
}

fn floor(acknowledges: bool) -> anyhow::Result<Rate> {
    let (floor, mut wires) = (Floor::start()?, Wires::new()?);
    let lanes = floor.lanes(&mut wires, PAIRS, acknowledges)?;
    let done = if acknowledges {
        Done::Acknowledged
    } else {
        Done::Delivered
    };
    rate(Load::new(&mut wires, lanes, done), &|| floor.usage())
}

fn seatline() -> anyhow::Result<Rate> {
    let world = World::new(Seed {
        agents: PAIRS,
        seats: 1,
        ..Seed::default()
    })?;
    let mut wires = Wires::new()?;
    let lanes = lanes(&world, &mut wires)?;
    rate(Load::new(&mut wires, lanes, Done::Acknowledged), &|| world.usage())
}

/// A guest with each agent of that world.
pub(crate) fn lanes(world: &World, wires: &mut Wires) -> anyhow::Result<Vec<Lane>> {
    let pairs = pairs::seat(world, wires)?;
    let numbered = pairs.iter().enumerate();
    Ok(numbered.map(|(number, pair)| Lane::of(number, pair)).collect())
}

fn rate(mut load: Load<'_>, usage: &dyn Fn() -> anyhow::Result<Usage>) -> anyhow::Result<Rate> {
    let (mut before, mut ours, mut began) = (usage()?, Usage::default(), Instant::now());
    let tally = load.flat_out(WARM, COUNT, &mut || {
        before = usage().unwrap_or_default();
        ours = Usage::of(std::process::id()).unwrap_or_default();
        began = Instant::now();
    })?;
    let took = began.elapsed();
    let relays = tally.delivered.min(
        tally
            .acknowledged
            .max(u64::from(tally.acknowledged == 0) * tally.delivered),
    );
    let each = |cpu: Duration| cpu.div_f64((relays as f64).max(1.0));
    Ok(Rate {
        per_second: relays as f64 / took.as_secs_f64(),
        cpu: each(usage()?.cpu_since(&before)),
        client: each(Usage::of(std::process::id())?.cpu_since(&ours)),
    })
}

fn micros(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1e6)
}
