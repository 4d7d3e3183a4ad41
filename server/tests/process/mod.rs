//! The binary in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run the binary should panic"
)]
#![allow(dead_code, unreachable_pub, reason = "each file of tests uses its part")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Longer than anything takes that ends.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub fn seatline(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatline"));
    command
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_clear()
        .stdin(Stdio::null());
    command
}

/// The server of PostgreSQL that tests use. `None`: there is none, and the test is left out; `scripts/rust-tests` lets none be
/// left out.
#[allow(clippy::print_stderr, reason = "whoever runs the tests should see it")]
pub fn postgres_server() -> Option<String> {
    let url = std::env::var("SEATLINE_TEST_POSTGRES").ok();
    if url.is_none() {
        let what = "tests on PostgreSQL need a server: use `make test`, or `scripts/with-postgres cargo nextest run -p server`";
        assert!(std::env::var_os("SEATLINE_TEST_ALL").is_none(), "{what}");
        eprintln!("skipped: {what}");
    }
    url
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A server that listens.
pub struct Running {
    pub child: Child,
    /// What it says on standard error from then on, once it has ended.
    pub log: mpsc::Receiver<String>,
    /// What it said on standard output before it listened.
    pub said: String,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

pub fn serve(data: &Path) -> Running {
    serve_with(data, &[])
}

pub fn serve_with(data: &Path, arguments: &[&str]) -> Running {
    let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
    listening(&mut seatline(data, &arguments), |_| {})
}

/// The server that this command starts, to which `begun` says something first.
pub fn listening(command: &mut Command, begun: impl FnOnce(&mut Child)) -> Running {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    begun(&mut child);
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("listening on http://127.0.0.1:") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it listened");
    }
    // Read as it comes: it must not wait for a reader.
    let (ended, rest) = mpsc::channel();
    std::thread::spawn(move || {
        let mut said = String::new();
        log.read_to_string(&mut said).unwrap();
        // Most tests do not ask.
        drop(ended.send(said));
    });
    Running {
        child,
        log: rest,
        said: String::new(),
        address: line.trim().rsplit_once("http://").unwrap().1.to_owned(),
    }
}

impl Running {
    pub fn stop(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut self.said)
            .unwrap();
        (self.child.wait().unwrap(), self.said)
    }

    /// Waits until it ends by itself: its exit code, and what it said since it listened.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let said = self.log.recv_timeout(PATIENCE);
        if said.is_err() {
            self.child.kill().unwrap();
        }
        let status = self.child.wait().unwrap();
        (status.code(), said.expect("the server should have ended"))
    }
}
