//! Guests who come: new ones, and five thousand at once who were here before a restart.

use crate::figure::{Figure, Must, rounded};
use crate::pairs::{self, HELLO, START, is};
use crate::wires::{Dial, Heard, Wires};
use crate::world::{Seed, World};
use anyhow::bail;
use rand::rngs::SmallRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Guests who come in one run.
const GUESTS: usize = 10_000;

/// Guests on their way at a time: more than the server needs to be busy, fewer than its listener lets wait.
pub(crate) const AT_ONCE: usize = 500;

const RETURNING: usize = 5_000;

/// The longest wait before the first attempt to come back, by docs/protocol.md.
const JITTER: Duration = Duration::from_millis(500);

/// New guests, each of whom connects, says hello, asks for a conversation and is told their place; half of them are seated.
pub(crate) fn arrive() -> anyhow::Result<Vec<Figure>> {
    let world = World::new(Seed {
        agents: 50,
        seats: 100,
        ..Seed::default()
    })?;
    let mut wires = Wires::new()?;
    let desks = pairs::desks(&world, &mut wires)?;
    let (before, began) = (world.usage()?, Instant::now());
    let (mut dialled, mut placed, mut told) = (0, 0, HashSet::new());
    let dial = world.guest();
    while dialled < AT_ONCE {
        wires.dial(&dial)?;
        dialled += 1;
    }
    pairs::until(
        &mut wires,
        "everyone to be told their place",
        &mut |wires, wire, heard| {
            match heard {
                Heard::Open => wires.send(wire, HELLO),
                Heard::Text(text) if is(text, "welcome") => wires.send(wire, START),
                // Whoever is seated at once is told no more; whoever waits is told again.
                Heard::Text(text) if is(text, "conversation") && !desks.contains(&wire) && told.insert(wire) => {
                    placed += 1;
                    if dialled < GUESTS {
                        wires.dial(&dial)?;
                        dialled += 1;
                    }
                }
                Heard::Text(_) => {}
                Heard::Ended(code) => bail!("a guest's socket ended with {code}"),
            }
            Ok(placed == GUESTS)
        },
    )?;
    let (took, cpu) = (began.elapsed(), world.usage()?.cpu_since(&before));
    Ok(vec![Figure {
        name: "guests arriving and placed, stored",
        value: GUESTS as f64 / took.as_secs_f64(),
        unit: "guests/s",
        must: Must::AtLeast(3_000.0),
        aim: 10_000.0,
        by: "arrive",
        cpu: Some((cpu / u32::try_from(GUESTS)?, "guest")),
        note: format!("{GUESTS} guests, {AT_ONCE} on their way at a time, half of them seated"),
    }])
}

/// Guests with a place in line whose server is killed and started again: they come back as the protocol has it, after a
/// random time of up to half a second.
pub(crate) fn reconnect() -> anyhow::Result<Vec<Figure>> {
    let mut world = World::new(Seed {
        agents: 1,
        seats: 1,
        ..Seed::default()
    })?;
    let mut wires = Wires::new()?;
    pairs::desks(&world, &mut wires)?;
    let mut tokens = Vec::with_capacity(RETURNING);
    let dial = world.guest();
    for _ in 0..RETURNING / AT_ONCE {
        wave(&mut wires, &dial, &mut tokens)?;
    }
    world.kill()?;
    wires.cut_all();
    world.start()?;

    let (before, began, dial) = (world.usage()?, Instant::now(), world.guest());
    let mut chance = SmallRng::seed_from_u64(1);
    let mut due: Vec<_> = tokens
        .iter()
        .map(|token| (chance.random_range(Duration::ZERO..JITTER), token))
        .collect();
    due.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    let (mut hellos, mut resumed) = (Vec::<String>::new(), 0);
    let mut slowest = Duration::ZERO;
    let mut ended = 0_u32;
    while resumed < RETURNING && began.elapsed() < Duration::from_mins(1) {
        while let Some((_, token)) = due.pop_if(|(at, _)| *at <= began.elapsed()) {
            let wire = wires.dial(&dial)?;
            hellos.resize(wire + 1, String::new());
            hellos[wire] = format!(r#"{{"type":"hello","protocol":1,"token":"{token}"}}"#);
        }
        wires.turn(Duration::from_millis(1), &mut |wires, wire, heard| match heard {
            Heard::Open => wires.send(wire, hellos[wire].as_bytes()),
            Heard::Text(text) if is(text, "welcome") => {
                resumed += 1;
                slowest = began.elapsed();
            }
            Heard::Text(_) => {}
            Heard::Ended(_) => ended += 1,
        })?;
    }
    if resumed < RETURNING {
        bail!("{resumed} of {RETURNING} came back, {ended} were sent away");
    }
    let cpu = world.usage()?.cpu_since(&before);
    Ok(vec![Figure {
        name: "5,000 guests back after a restart within",
        value: slowest.as_secs_f64(),
        unit: "s",
        must: Must::AtMost(15.0),
        aim: 3.0,
        by: "reconnect",
        cpu: Some((cpu / u32::try_from(RETURNING)?, "guest")),
        note: format!(
            "from the moment the server listens; {} s of it are jitter",
            rounded(JITTER.as_secs_f64())
        ),
    }])
}

/// Guests who come and get in line, with the tokens they are given.
pub(crate) fn wave(wires: &mut Wires, dial: &Dial, tokens: &mut Vec<String>) -> anyhow::Result<()> {
    let opened = (0..AT_ONCE)
        .map(|_| wires.dial(dial))
        .collect::<Result<HashSet<_>, _>>()?;
    let mut told = HashSet::new();
    pairs::until(wires, "guests to be in line", &mut |wires, wire, heard| {
        match heard {
            Heard::Open => wires.send(wire, HELLO),
            Heard::Text(text) if is(text, "welcome") => {
                let welcome: Value = serde_json::from_slice(text)?;
                tokens.push(rig::text(&welcome, "token").to_owned());
                wires.send(wire, START);
            }
            Heard::Text(text) if is(text, "conversation") && opened.contains(&wire) => drop(told.insert(wire)),
            Heard::Text(_) => {}
            Heard::Ended(code) => bail!("a guest's socket ended with {code}"),
        }
        Ok(told.len() == AT_ONCE)
    })
}
