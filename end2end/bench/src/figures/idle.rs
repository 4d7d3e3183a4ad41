//! Guests who have said hello and nothing else.

use crate::figure::{Figure, Must};
use crate::machine;
use crate::pairs;
use crate::wires::{Dial, Heard, Wires};
use crate::world::{Seed, World};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// Guests who come in one go: people do not all come in the same millisecond.
const WAVE: usize = 500;

pub(crate) fn idle() -> anyhow::Result<Vec<Figure>> {
    Ok(vec![
        memory("memory per idle guest, 5,000", 5_000)?,
        memory("memory per idle guest, 10,000", 10_000)?,
    ])
}

/// As many as the machine lets one process have sockets for, up to a hundred thousand, from several addresses, with
/// heartbeats running.
pub(crate) fn crowd() -> anyhow::Result<Vec<Figure>> {
    let granted = usize::try_from(machine::raise_limits())?;
    let guests = granted.saturating_sub(500).min(100_000) / WAVE * WAVE;
    let (world, mut wires) = (World::new(Seed::default())?, Wires::new()?);
    for wave in 0..guests / WAVE {
        let host = u8::try_from(2 + wave * WAVE / 20_000)?;
        let dial = Dial {
            from: Ipv4Addr::new(127, 0, 0, host),
            ..world.guest()
        };
        pairs::welcome(&mut wires, &vec![dial; WAVE])?;
    }
    world.settle()?;
    let (before, began) = (world.usage()?, Instant::now());
    let mut ended = 0_u32;
    // Two heartbeats of each.
    while began.elapsed() < Duration::from_secs(50) {
        wires.turn(Duration::from_millis(100), &mut |_, _, heard| {
            ended += u32::from(matches!(heard, Heard::Ended(_)));
        })?;
    }
    let after = world.usage()?;
    let scaled = if guests < 100_000 { "; scaled up" } else { "" };
    let note = format!("{guests} guests (one process may have {granted} files here), {ended} lost{scaled}");
    let scale = 100_000.0 / guests as f64;
    Ok(vec![
        Figure {
            name: "memory with 100,000 idle guests",
            value: after.pss_bytes as f64 * scale / f64::from(1 << 30),
            unit: "GiB",
            must: Must::AtMost(1.5),
            aim: 0.75,
            by: "crowd",
            cpu: None,
            note: note.clone(),
        },
        Figure {
            name: "CPU with 100,000 idle guests",
            value: after.cpu_since(&before).as_secs_f64() / began.elapsed().as_secs_f64() * 100.0 * scale,
            unit: "% of a core",
            must: Must::AtMost(25.0),
            aim: 12.5,
            by: "crowd",
            cpu: None,
            note,
        },
    ])
}

fn memory(name: &'static str, guests: usize) -> anyhow::Result<Figure> {
    let (world, mut wires) = (World::new(Seed::default())?, Wires::new()?);
    let before = world.usage()?;
    for _ in 0..guests / WAVE {
        pairs::welcome(&mut wires, &vec![world.guest(); WAVE])?;
    }
    // The chores keep what is known of each visit.
    world.settle()?;
    let after = world.usage()?;
    let each = after.pss_bytes.saturating_sub(before.pss_bytes) as f64 / guests as f64;
    Ok(Figure {
        name,
        value: each / 1_024.0,
        unit: "KiB",
        must: Must::AtMost(12.0),
        aim: 7.0,
        by: "idle",
        cpu: Some((after.cpu_since(&before) / u32::try_from(guests)?, "arrival")),
        note: format!(
            "{} MiB at rest, {} MiB with them",
            before.pss_bytes >> 20,
            after.pss_bytes >> 20
        ),
    })
}
