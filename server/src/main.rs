//! The binary `seatline`.

use clap::Parser as _;
use server::cli::{self, Cli};
use std::io::Write as _;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let failure = cli.failure();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            // There is nobody left to tell if standard error is closed.
            drop(writeln!(std::io::stderr(), "seatline: {error:#}"));
            ExitCode::from(failure)
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    cli::run(cli, shutdown).await
}
