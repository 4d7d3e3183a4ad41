//! Five thousand in line, and a seat that falls free every ten milliseconds.

use super::arrivals::{AT_ONCE, wave};
use crate::figure::{Figure, Must};
use crate::pairs::{self, is};
use crate::wires::{Heard, Wires};
use crate::world::{Seed, World};
use serde_json::Value;
use std::collections::{HashSet, VecDeque};
use std::time::{Duration, Instant};

const WAITING: usize = 5_000;
const EVERY: Duration = Duration::from_millis(10);
const TIME: Duration = Duration::from_secs(10);
const DESKS: u32 = 50;

pub(crate) fn line() -> anyhow::Result<Vec<Figure>> {
    let world = World::new(Seed {
        agents: DESKS,
        seats: 1,
        ..Seed::default()
    })?;
    let mut wires = Wires::new()?;
    pairs::desks(&world, &mut wires)?;
    let mut tokens = Vec::new();
    for _ in 0..(WAITING + DESKS as usize).div_ceil(AT_ONCE) {
        wave(&mut wires, &world.guest(), &mut tokens)?;
    }
    // A second desk of every agent: its welcome says who is seated.
    let (mut seated, mut known) = (VecDeque::new(), HashSet::new());
    let opened = pairs::desks_with(&world, &mut wires, &mut |wire, welcome| {
        for conversation in welcome
            .pointer("/conversations")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let id = rig::text(conversation, "id").to_owned();
            known.insert(id.clone());
            seated.push_back((wire, id, rig::number(conversation, "epoch")));
        }
    })?;
    let opened: HashSet<_> = opened.into_iter().collect();
    world.settle()?;
    let (before, began) = (world.usage()?, Instant::now());
    let (mut closed, mut told) = (0_u32, 0_u64);
    while began.elapsed() < TIME {
        while EVERY * closed <= began.elapsed()
            && let Some((wire, conversation, epoch)) = seated.pop_front()
        {
            let frame = format!(r#"{{"type":"close","conversation":"{conversation}","epoch":{epoch}}}"#);
            wires.send(wire, frame.as_bytes());
            closed += 1;
        }
        wires.turn(Duration::from_millis(1), &mut |_, wire, heard| {
            let Heard::Text(text) = heard else { return };
            if !is(text, "conversation") {
                return;
            }
            if !opened.contains(&wire) {
                told += 1;
            } else if let Ok(frame) = serde_json::from_slice::<Value>(text) {
                let id = rig::text(&frame, "id").to_owned();
                if known.insert(id.clone()) {
                    seated.push_back((wire, id, rig::number(&frame, "epoch")));
                }
            }
        })?;
    }
    let cpu = world.usage()?.cpu_since(&before);
    Ok(vec![Figure {
        name: "5,000 waiting, a seat each 10 ms: CPU",
        value: cpu.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0,
        unit: "% of a core",
        must: Must::AtMost(20.0),
        aim: 5.0,
        by: "line",
        cpu: Some((cpu / closed.max(1), "freed seat")),
        note: format!("{closed} seats fell free; guests were told {told} times where they are"),
    }])
}
