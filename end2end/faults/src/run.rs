//! The faults in turn, each on the engines it is about.

use crate::outcome::{Failure, Outcome};
use crate::report::Report;
use crate::scenarios::{ALL, Context, Fault, When, upgrade};
use clap::Parser;
use rig::database::Engine;
use rig::dice::Dice;
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// No fault may take longer, whatever hangs. (The soak is given its own minutes besides.)
const LONGEST: Duration = Duration::from_mins(15);

/// Breaks a real Seatline and counts what was lost. Runs every fault but the soak, unless told which
#[derive(Debug, Parser)]
pub(crate) struct Choice {
    /// Only these faults
    #[arg(value_parser = known)]
    names: Vec<&'static str>,

    /// Everything random comes from this number
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How often the server is killed
    #[arg(long)]
    kills: Option<u64>,

    /// How long the soak lasts
    #[arg(long, default_value_t = 30)]
    minutes: u64,

    /// Run nothing, but keep the database of today's schema under this name for the fault `upgrade`
    #[arg(long, value_name = "NAME")]
    record: Option<String>,

    /// The short run that is part of `make test`
    #[arg(long)]
    short: bool,
}

fn known(name: &str) -> Result<&'static str, String> {
    let found = ALL.iter().find(|fault| fault.name == name);
    found.map(|fault| fault.name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|fault| fault.name).collect();
        format!("there are {}", names.join(", "))
    })
}

impl Choice {
    fn wants(&self, fault: &Fault) -> bool {
        if self.names.is_empty() {
            return match fault.when {
                When::Always => true,
                When::Long => !self.short,
                When::Named => false,
            };
        }
        self.names.contains(&fault.name)
    }

    fn context(&self, engine: Engine, number: u64) -> Context {
        Context {
            engine,
            dice: Dice::new(self.seed).part(number),
            kills: self.kills.unwrap_or(if self.short { 5 } else { 50 }),
            minutes: self.minutes,
            is_short: self.short,
        }
    }
}

/// Runs what is wanted. Whether nothing was found.
pub(crate) async fn all(choice: &Choice) -> io::Result<bool> {
    if let Some(name) = &choice.record {
        return upgrade::record(name).await.map(|()| true).map_err(io::Error::other);
    }
    let mut report = Report::begin(choice.seed)?;
    for (number, fault) in (0_u64..).zip(ALL).filter(|(_, fault)| choice.wants(fault)) {
        for engine in Engine::available() {
            if fault.only.is_some_and(|only| only != engine) {
                continue;
            }
            let part = number * 2 + u64::from(engine == Engine::Postgres);
            let context = choice.context(engine, part);
            let began = Instant::now();
            let outcome = one(fault, &context).await;
            report.line(fault, engine, &outcome, began.elapsed())?;
        }
    }
    report.end()
}

async fn one(fault: &Fault, context: &Context) -> Result<Outcome, Failure> {
    let most = LONGEST + Duration::from_mins(if fault.when == When::Named { context.minutes } else { 0 });
    let done = timeout(most, (fault.run)(context)).await;
    done.unwrap_or_else(|_| Err(Failure::Unexpected("it did not end in time".to_owned())))
}
