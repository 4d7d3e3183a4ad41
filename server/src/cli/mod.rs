//! The command line.

mod backup;
mod doctor;
mod input;
mod member;
mod site;

use crate::clock::Clock;
use crate::config::{Options, Place, Settings};
use crate::people::Passwords;
use crate::serve::{self, Parts};
use crate::{descriptors, log};
use clap::{Args, Parser, Subcommand};
use std::future::Future;
use std::process::ExitCode;
use store::{Store, StoreConfig};

/// Live customer service that you run yourself: one binary, one database file
///
/// `seatline serve` is the server. Everything it is set to can be said on the command line, in a SEATLINE_* variable, or
/// in a TOML file; the command line wins over variables, and they over the file.
#[derive(Debug, Parser)]
#[command(name = "seatline", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve guests, agents and administrators
    Serve(Box<Serve>),
    /// Create members, list them, give them new passwords; also beside a running server
    #[command(subcommand)]
    Member(member::Command),
    /// List sites and say where their script may be embedded; also beside a running server
    #[command(subcommand)]
    Site(site::Command),
    /// Copy the database into a file; also beside a running server
    Backup(backup::Backup),
    /// Put a backup in the place of the database; the server must not run
    Restore(backup::Restore),
    /// Look for what is wrong with the database, and with the server if one runs, and say what to do; changes nothing
    Doctor(doctor::Doctor),
}

impl Cli {
    /// What the process ends with if [`run`] fails.
    pub const fn failure(&self) -> u8 {
        match self.command {
            // 1 is for what it found.
            Command::Doctor(_) => 2,
            Command::Serve(_) | Command::Member(_) | Command::Site(_) | Command::Backup(_) | Command::Restore(_) => 1,
        }
    }
}

#[derive(Args, Debug)]
#[command(
    after_help = "The first start on an empty database creates an administrator. Until somebody has logged in, each start prints another \
                  password for them; `seatline member passwd` sets one at any time."
)]
struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Options,

    /// Begin with a new, empty database although the data folder had one that is gone; for one start, not for every one
    #[arg(long, help_heading = "Place")]
    new: bool,
}

/// Does what the command line says, and comes back with what the process ends with. `shutdown` comes true when somebody wants the process to stop.
///
/// # Errors
/// One sentence about what is in the way.
pub async fn run(cli: Cli, shutdown: impl Future<Output = ()> + Send) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Serve(serve) => Box::pin(serve_until(*serve, shutdown)).await?,
        Command::Member(command) => command.run().await?,
        Command::Site(command) => command.run().await?,
        Command::Backup(backup) => backup.run().await?,
        Command::Restore(restore) => restore.run().await?,
        Command::Doctor(doctor) => return doctor.run().await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve_until(serve: Serve, shutdown: impl Future<Output = ()> + Send) -> anyhow::Result<()> {
    let settings = Settings::load(&serve.place, serve.options)?;
    log::start(&settings)?;
    descriptors::raise_limit();
    // Before anything is touched: a port that is taken leaves no trace.
    let listener = serve::listen(settings.listen).await?;
    let metrics = match settings.metrics_listen {
        Some(address) => Some(serve::listen(address).await?),
        None => None,
    };
    let parts = Parts {
        settings,
        clock: Clock::default(),
        passwords: Passwords::default(),
        listener,
        metrics,
        begins_anew: serve.new,
    };
    Ok(serve::run(parts, shutdown).await?)
}

/// The store of a command that works beside a server. It must be there: a folder that is mistyped should not become a
/// second installation.
async fn open(place: &Place) -> anyhow::Result<Store> {
    let settings = Settings::load(place, Options::default())?;
    let config = settings.store();
    if let StoreConfig::Sqlite { path, .. } = &config
        && !store::is_there(path)?
    {
        anyhow::bail!("there is no database at {}: `seatline serve` makes it", path.display());
    }
    let store = Store::open(&config).await?;
    store.initialise(Clock::default().now(), &crate::random::key()).await?;
    Ok(store)
}
