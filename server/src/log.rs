//! Log lines, on standard error.

use crate::config::{LogFormat, Settings};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// The filter is not one.
#[derive(Debug, thiserror::Error)]
#[error("the log filter {filter:?} is not right: {why}")]
pub(crate) struct BadFilter {
    filter: String,
    why: tracing_subscriber::filter::ParseError,
}

/// Begins to log as the settings say.
///
/// # Errors
/// The filter is not one.
pub(crate) fn start(settings: &Settings) -> Result<(), BadFilter> {
    let parsed = EnvFilter::builder().parse(&settings.log);
    let filter = parsed.map_err(|why| BadFilter {
        filter: settings.log.clone(),
        why,
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match settings.log_format {
        LogFormat::Human => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    // Somebody is logging already: a test that runs more than one server.
    drop(started);
    Ok(())
}
