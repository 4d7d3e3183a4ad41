//! `make bench`: what Seatline costs and how fast it is, beside what it must reach.
//!
//! Each figure starts the release binary on a database of its own on the real disk, with the durability it always has,
//! and loads it over loopback from one thread. Names on the command line choose figures; without any, all are measured.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a program for people, at their own desk: it prints, divides counts, reads the clock, and stops where it cannot go on"
)]

mod figure;
mod figures;
mod floor;
mod load;
mod machine;
mod pairs;
mod wires;
mod world;

use anyhow::bail;
use figure::Figure;
use figures::{arrivals, decisions, history, idle, latency, line, relay, start};

/// One or more figures that are measured together.
type Measure = fn() -> anyhow::Result<Vec<Figure>>;

/// What can be asked for.
const FIGURES: [(&str, Measure); 11] = [
    ("relay", relay::relay),
    ("latency", latency::latency),
    ("idle", idle::idle),
    ("arrive", arrivals::arrive),
    ("reconnect", arrivals::reconnect),
    ("dispatch", decisions::decisions),
    ("line", line::line),
    ("start", start::start),
    ("open", history::open),
    ("large", history::large),
    // Last: the ports it binds stay taken for a minute.
    ("crowd", idle::crowd),
];

fn main() -> anyhow::Result<()> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = chosen
        .iter()
        .find(|name| !FIGURES.iter().any(|(known, _)| known == name))
    {
        let known: Vec<_> = FIGURES.iter().map(|(name, _)| *name).collect();
        bail!("there is no figure {unknown}; there are: {}", known.join(" "));
    }
    let files = machine::raise_limits();
    let sync = machine::fdatasync(&world::folder())?;
    println!(
        "{}, fdatasync {} µs, {files} files",
        machine::processor(),
        sync.as_micros()
    );
    let mut measured = Vec::new();
    for (name, measure) in FIGURES {
        if !chosen.is_empty() && !chosen.iter().any(|one| one == name) {
            continue;
        }
        eprintln!("measuring {name} …");
        for figure in measure()? {
            println!("{figure}");
            measured.push(figure);
        }
    }
    for figure in &measured {
        println!("{}", figure.json());
    }
    Ok(())
}
