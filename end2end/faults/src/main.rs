//! Breaks a real Seatline, fault by fault, and counts what was lost, doubled or out of order: nothing, or it fails.
//!
//! | module | what lives there |
//! |---|---|
//! | `scenarios` | the faults, one file each |
//! | `crowd` | guests and agents who talk meanwhile |
//! | `audit` | what the clients know against what the store holds |
//! | `run`, `report`, `outcome` | all of them in turn; the table at the end |
//!
//! What is injected and what is checked is told in docs/faults.md.

mod audit;
mod crowd;
mod outcome;
mod report;
mod run;
mod scenarios;

use clap::Parser;
use run::Choice;
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "this is the program's last word")]
#[tokio::main]
async fn main() -> ExitCode {
    // A thousand guests are a thousand descriptors, here and there.
    if let Err(error) = rig::server::open_many_files() {
        eprintln!("faults: {error}");
    }
    match run::all(&Choice::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("faults: the report cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
