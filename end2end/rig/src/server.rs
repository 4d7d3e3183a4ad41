//! The process: started, asked to stop, killed.

use crate::RigError;
use crate::database::Database;
use crate::error::io;
use crate::usage::Usage;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit, setrlimit};
use std::ffi::OsString;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

/// How long a start may take: the first one hashes a password and makes the schema; a large database is read.
const START: Duration = Duration::from_mins(1);

/// If this variable is set, what servers say is shown as they say it.
const SHOWN: &str = "SEATLINE_RIG_LOG";

/// Lines of the log that are kept.
const KEPT: usize = 20_000;

/// Where the server is now. Every start takes another port: one that is closed for a moment could be taken meanwhile, even
/// by the outgoing end of a client that tries to connect to it.
#[derive(Clone, Debug)]
pub struct Address(Arc<Mutex<SocketAddr>>);

impl Default for Address {
    /// Nowhere yet.
    fn default() -> Self {
        Self(Arc::new(Mutex::new((Ipv4Addr::LOCALHOST, 0).into())))
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self(Arc::new(Mutex::new(address)))
    }
}

impl Address {
    pub fn get(&self) -> SocketAddr {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, address: SocketAddr) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = address;
    }
}

/// How a server is started.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// More arguments of `seatline serve`.
    pub arguments: Vec<String>,
    /// Variables of its environment, which is empty otherwise.
    pub variables: Vec<(String, OsString)>,
    /// A program that becomes the server after having changed something, such as `prlimit --fsize=…`.
    pub under: Vec<String>,
    /// Another binary than [`binary`].
    pub binary: Option<PathBuf>,
}

impl Launch {
    /// So that a write beyond [`Server::limit_files`] fails, instead of ending the process.
    #[must_use]
    pub fn survives_full_disks(mut self) -> Self {
        let ignoring = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];
        self.under = ignoring.map(str::to_owned).to_vec();
        self
    }
}

/// Has this process, and servers it starts, open as many files as the system lets it: each connection is one.
///
/// # Errors
/// The system refuses what it allows.
pub fn open_many_files() -> Result<(), RigError> {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, most)
        .map_err(Into::into)
        .map_err(io("raising the limit of open files"))
}

/// The release build of this project, or the one that `SEATLINE_BINARY` names.
pub fn binary() -> PathBuf {
    std::env::var_os("SEATLINE_BINARY").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/seatline"),
        PathBuf::from,
    )
}

/// A server that runs. Killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pid: u32,
    log: Log,
    /// How long it took from its start until it listened.
    pub started_in: Duration,
}

impl Server {
    /// Starts it on that database and waits until it listens. `address` is told where, `log` what it says.
    ///
    /// # Errors
    /// It ends before it listens, or takes longer than a minute.
    pub async fn start(database: &Database, launch: &Launch, address: &Address, log: &Log) -> Result<Self, RigError> {
        let began = Instant::now();
        let mut child = spawn(database, launch)?;
        let pid = child.id().ok_or(RigError::NotRunning)?;
        log.listening.send_replace(None);
        let mut listening = log.listening.subscribe();
        log.listen(child.stdout.take());
        log.listen(child.stderr.take());
        let found = tokio::select! {
            found = timeout(START, listening.wait_for(Option::is_some)) => found.ok().and_then(|found| *found.ok()?),
            _ = child.wait() => None,
        };
        let Some(found) = found else {
            return Err(RigError::NotStarted { said: log.tail(20) });
        };
        address.set(found);
        Ok(Self {
            child,
            pid,
            log: log.clone(),
            started_in: began.elapsed(),
        })
    }

    pub const fn pid(&self) -> u32 {
        self.pid
    }

    /// What it has used so far.
    ///
    /// # Errors
    /// It is gone.
    pub fn usage(&self) -> Result<Usage, RigError> {
        Usage::of(self.pid)
    }

    /// Pulls the plug: no handler runs, nothing is flushed.
    ///
    /// # Errors
    /// It was gone before.
    pub async fn kill(mut self) -> Result<(), RigError> {
        self.child.kill().await.map_err(io("killing the server"))
    }

    /// SIGTERM, as a service manager sends it. How it ended, and after how long.
    ///
    /// # Errors
    /// It was gone before, or has not ended after half a minute.
    pub async fn terminate(mut self) -> Result<(ExitStatus, Duration), RigError> {
        let began = Instant::now();
        kill_process(self.process()?, Signal::TERM)
            .map_err(Into::into)
            .map_err(io("stopping the server"))?;
        let ended = timeout(Duration::from_secs(30), self.child.wait()).await;
        let status = ended.map_err(|_| RigError::Late("the server's end"))?;
        Ok((status.map_err(io("waiting for the server"))?, began.elapsed()))
    }

    /// Stops it in its tracks, or lets it go on.
    ///
    /// # Errors
    /// It is gone.
    pub fn freeze(&self, frozen: bool) -> Result<(), RigError> {
        let signal = if frozen { Signal::STOP } else { Signal::CONT };
        kill_process(self.process()?, signal)
            .map_err(Into::into)
            .map_err(io("stopping the server"))
    }

    /// How large a file it may write from now on, in bytes; `None` for as large as it likes. Beyond that writes fail, if
    /// it was started so that it ignores SIGXFSZ, as [`Launch::survives_full_disks`] has it.
    ///
    /// # Errors
    /// It is gone.
    pub fn limit_files(&self, bytes: Option<u64>) -> Result<(), RigError> {
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        let set = prlimit(Some(self.process()?), Resource::Fsize, limit);
        set.map(drop)
            .map_err(Into::into)
            .map_err(io("limiting the server's files"))
    }

    fn process(&self) -> Result<Pid, RigError> {
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
        pid.ok_or(RigError::NotRunning)
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    pub const fn log(&self) -> &Log {
        &self.log
    }
}

fn spawn(database: &Database, launch: &Launch) -> Result<Child, RigError> {
    let binary = launch.binary.clone().unwrap_or_else(binary);
    if !binary.exists() {
        let path = binary.display().to_string();
        return Err(RigError::NoBinary { path });
    }
    let mut line: Vec<OsString> = launch.under.iter().map(OsString::from).collect();
    line.push(binary.into_os_string());
    let mut line = line.into_iter();
    let mut command = Command::new(line.next().unwrap_or_default());
    command
        .args(line)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(database.folder())
        .args(&launch.arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs(launch.variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    if let Some(url) = database.url() {
        command.env("SEATLINE_DATABASE_URL", url);
    }
    command.spawn().map_err(io("starting the server"))
}

/// What servers of one house have said, over restarts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Log {
    lines: Arc<Mutex<Lines>>,
    listening: Arc<watch::Sender<Option<SocketAddr>>>,
}

#[derive(Debug, Default)]
struct Lines {
    kept: std::collections::VecDeque<String>,
    /// Lines that a healthy server never says.
    panics: Vec<String>,
    password: Option<String>,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            lines: Arc::default(),
            listening: Arc::new(watch::channel(None).0),
        }
    }
}

impl Log {
    /// The last lines.
    pub fn tail(&self, count: usize) -> String {
        let lines = self.lock();
        let skipped = lines.kept.len().saturating_sub(count);
        lines.kept.iter().skip(skipped).cloned().collect::<Vec<_>>().join("\n")
    }

    /// How many lines hold this.
    pub fn count(&self, part: &str) -> usize {
        self.lock().kept.iter().filter(|line| line.contains(part)).count()
    }

    /// What was said by threads that panicked.
    pub fn panics(&self) -> Vec<String> {
        self.lock().panics.clone()
    }

    /// The administrator's password, which the first start says.
    pub fn password(&self) -> Option<String> {
        self.lock().password.clone()
    }

    fn listen(&self, stream: Option<impl AsyncRead + Unpin + Send + 'static>) {
        let Some(stream) = stream else { return };
        let log = self.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                log.note(line);
            }
        });
    }

    fn note(&self, line: String) {
        if std::env::var_os(SHOWN).is_some() {
            // Whoever closed our standard error does not want to see it.
            drop(writeln!(std::io::stderr(), "{line}"));
        }
        if let Some(address) = address_in(&line) {
            self.listening.send_replace(Some(address));
        }
        let mut lines = self.lock();
        if line.contains("panicked at") {
            lines.panics.push(line.clone());
        }
        if let Some(rest) = line.trim().strip_prefix("Password  ") {
            lines.password = rest.split_whitespace().next().map(str::to_owned);
        }
        if lines.kept.len() == KEPT {
            lines.kept.pop_front();
        }
        lines.kept.push_back(line);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address in `listening on http://…`.
fn address_in(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("listening on http://")?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'));
    rest.get(..end.unwrap_or(rest.len()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_whatever_surrounds_it() {
        let expected = "127.0.0.1:4711".parse().ok();
        for line in [
            "2026-01-01 INFO server: listening on http://127.0.0.1:4711",
            r#"{"message":"listening on http://127.0.0.1:4711"}"#,
        ] {
            assert_eq!(address_in(line), expected, "{line}");
        }
        assert_eq!(address_in("stopped"), None);
    }
}
