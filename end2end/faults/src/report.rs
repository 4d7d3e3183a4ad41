//! The table: one line a fault, the seed above and below it.

use crate::outcome::{Failure, Outcome};
use crate::scenarios::Fault;
use rig::database::Engine;
use std::io::{self, Write as _};
use std::time::Duration;

/// Findings shown of one fault.
const SHOWN: usize = 12;

#[derive(Debug)]
pub(crate) struct Report {
    seed: u64,
    faults: u64,
    failed: Vec<String>,
    injected: u64,
    acknowledged: u64,
}

impl Report {
    pub(crate) fn begin(seed: u64) -> io::Result<Self> {
        let mut out = io::stdout().lock();
        writeln!(out, "seed {seed}")?;
        writeln!(
            out,
            "{:<14} {:<10} {:>8} {:>8} {:>8} {:>9} {:>8} {:>5} {:>8} {:>9} {:>6} {:>7}",
            "fault",
            "on",
            "injected",
            "sent",
            "acked",
            "received",
            "resumes",
            "lost",
            "doubled",
            "reordered",
            "other",
            "time"
        )?;
        Ok(Self {
            seed,
            faults: 0,
            failed: Vec::new(),
            injected: 0,
            acknowledged: 0,
        })
    }

    /// One fault is done.
    pub(crate) fn line(
        &mut self,
        fault: &Fault,
        engine: Engine,
        outcome: &Result<Outcome, Failure>,
        took: Duration,
    ) -> io::Result<()> {
        self.faults += 1;
        let mut out = io::stdout().lock();
        let (name, on) = (fault.name, engine.name());
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(failure) => {
                self.failed.push(format!("{name} on {on} ({})", fault.what));
                return writeln!(out, "{name:<14} {on:<10} could not be finished: {failure}");
            }
        };
        self.injected += outcome.injected;
        self.acknowledged += outcome.acknowledged;
        writeln!(
            out,
            "{name:<14} {on:<10} {:>8} {:>8} {:>8} {:>9} {:>8} {:>5} {:>8} {:>9} {:>6} {:>5.1} s",
            outcome.injected,
            outcome.sent,
            outcome.acknowledged,
            outcome.received,
            outcome.resumes,
            outcome.lost(),
            outcome.doubled(),
            outcome.disordered(),
            outcome.other(),
            took.as_secs_f64()
        )?;
        for note in &outcome.notes {
            writeln!(out, "    {note}")?;
        }
        for finding in outcome.findings.iter().take(SHOWN) {
            writeln!(out, "    ! {finding}")?;
        }
        if !outcome.findings.is_empty() {
            self.failed.push(format!("{name} on {on} ({})", fault.what));
        }
        out.flush()
    }

    /// Whether nothing was found.
    pub(crate) fn end(self) -> io::Result<bool> {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "seed {}: {} faults injected {} times, {} messages acknowledged",
            self.seed, self.faults, self.injected, self.acknowledged
        )?;
        if self.failed.is_empty() {
            writeln!(out, "nothing lost, nothing doubled, nothing out of order")?;
        } else {
            writeln!(out, "FAILED: {}; again with SEED={}", self.failed.join(", "), self.seed)?;
        }
        Ok(self.failed.is_empty())
    }
}
