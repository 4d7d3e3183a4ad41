//! Guests and agents who have found each other.

use crate::wires::{Dial, Heard, Wire, Wires};
use crate::world::World;
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::collections::HashMap;
use std::time::{Duration, Instant};

pub(crate) const HELLO: &[u8] = br#"{"type":"hello","protocol":1}"#;
pub(crate) const START: &[u8] = br#"{"type":"start"}"#;

/// How long any preparation may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who talks with whom.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) guest: Wire,
    pub(crate) desk: Wire,
    pub(crate) conversation: String,
    pub(crate) epoch: i64,
}

/// Opens the desks of all agents. Which wire is whose.
pub(crate) fn desks(world: &World, wires: &mut Wires) -> anyhow::Result<Vec<Wire>> {
    desks_with(world, wires, &mut |_, _| {})
}

/// The same; `on` is handed the welcomes.
pub(crate) fn desks_with(
    world: &World,
    wires: &mut Wires,
    on: &mut dyn FnMut(Wire, &Value),
) -> anyhow::Result<Vec<Wire>> {
    let dials: Vec<_> = (0..world.agents()).map(|agent| world.desk(agent)).collect();
    welcome_with(wires, &dials, on).with_context(|| world.house.log.tail(5))
}

/// Connects, says hello, and waits until everyone is welcome.
pub(crate) fn welcome(wires: &mut Wires, dials: &[Dial]) -> anyhow::Result<Vec<Wire>> {
    welcome_with(wires, dials, &mut |_, _| {})
}

fn welcome_with(wires: &mut Wires, dials: &[Dial], on: &mut dyn FnMut(Wire, &Value)) -> anyhow::Result<Vec<Wire>> {
    let opened: Vec<Wire> = dials.iter().map(|dial| wires.dial(dial)).collect::<Result<_, _>>()?;
    let mut missing = opened.len();
    until(wires, "everyone to be welcome", &mut |wires, wire, heard| {
        match heard {
            Heard::Open => wires.send(wire, HELLO),
            Heard::Text(text) if is(text, "welcome") => {
                missing -= 1;
                on(wire, &serde_json::from_slice(text)?);
            }
            Heard::Text(_) => {}
            Heard::Ended(code) => bail!("a socket ended with {code}"),
        }
        Ok(missing == 0)
    })?;
    Ok(opened)
}

/// Takes turns until `on` says that it is done.
pub(crate) fn until(
    wires: &mut Wires,
    what: &'static str,
    on: &mut dyn FnMut(&mut Wires, Wire, Heard<'_>) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let mut done = Ok(false);
    while matches!(done, Ok(false)) {
        if Instant::now() > deadline {
            bail!("waited too long for {what}");
        }
        wires.turn(Duration::from_millis(100), &mut |wires, wire, heard| {
            if matches!(done, Ok(false)) {
                done = on(wires, wire, heard);
            }
        })?;
    }
    done.map(drop)
}

/// Has a guest come to every agent, who has one seat and accepts.
pub(crate) fn seat(world: &World, wires: &mut Wires) -> anyhow::Result<Vec<Pair>> {
    let desks = desks(world, wires)?;
    let guests = welcome(wires, &vec![world.guest(); desks.len()])?;
    for guest in &guests {
        wires.send(*guest, START);
    }
    let (mut sits, mut serves) = (HashMap::new(), HashMap::new());
    until(wires, "everyone to be seated", &mut |wires, wire, heard| {
        let Heard::Text(text) = heard else { bail!("{heard:?}") };
        if !is(text, "conversation") {
            return Ok(false);
        }
        let frame: Value = serde_json::from_slice(text)?;
        let conversation = rig::text(&frame, "id").to_owned();
        if desks.contains(&wire) {
            let epoch = rig::number(&frame, "epoch");
            if serves.insert(conversation.clone(), (wire, epoch)).is_none() {
                let accept = format!(r#"{{"type":"accept","conversation":"{conversation}","epoch":{epoch}}}"#);
                wires.send(wire, accept.as_bytes());
            }
        } else if frame.pointer("/place/state").and_then(Value::as_str) == Some("seated") {
            sits.insert(conversation, wire);
        }
        Ok(sits.len() == guests.len() && serves.len() == guests.len())
    })?;
    let pair = |(conversation, (desk, epoch)): (String, (Wire, i64))| {
        let guest = *sits.get(&conversation).context("a guest of another agent")?;
        Ok(Pair {
            guest,
            desk,
            conversation,
            epoch,
        })
    };
    serves.into_iter().map(pair).collect()
}

/// Whether a frame is of that type; the server writes it first.
pub(crate) fn is(frame: &[u8], kind: &str) -> bool {
    const BEGINS: &[u8] = br#"{"type":""#;
    let rest = frame
        .strip_prefix(BEGINS)
        .and_then(|rest| rest.strip_prefix(kind.as_bytes()));
    rest.is_some_and(|rest| rest.starts_with(b"\""))
}
