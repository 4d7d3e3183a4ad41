//! What logging in leaves in the memory of the real server.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const MIB: u64 = 1024;

struct Server {
    child: Child,
    base: String,
    password: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A first start, whose password is read from what it prints.
fn start(data: &Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_seatline"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let password = printed
        .find_map(|line| line.trim().strip_prefix("Password").map(str::to_owned))
        .and_then(|rest| rest.split_whitespace().next().map(str::to_owned))
        .unwrap();
    let mut logged = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let base = logged
        .find_map(|line| Some(line.split_once("listening on ")?.1.to_owned()))
        .unwrap();
    // Read on, so that neither pipe fills.
    std::thread::spawn(move || printed.for_each(drop));
    std::thread::spawn(move || logged.for_each(drop));
    Server { child, base, password }
}

impl Server {
    /// A line of `/proc/PID/status`, in KiB.
    fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
    }

    async fn log_in(&self, at_once: usize) {
        let client = reqwest::Client::new();
        let log_ins = (0..at_once).map(|_| {
            let request = client
                .post(format!("{}/api/v1/session/login", self.base))
                .header("content-type", "application/json")
                .body(json!({"login": "admin", "password": self.password}).to_string());
            tokio::spawn(async move { request.send().await.unwrap().status().as_u16() })
        });
        for log_in in log_ins.collect::<Vec<_>>() {
            assert_eq!(log_in.await.unwrap(), 200);
        }
    }
}

/// One hash takes 19 MiB. However many come at once, they are computed one after the other in the same memory.
#[tokio::test]
async fn many_who_log_in_at_once_take_the_memory_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path());
    let rest = server.memory("VmRSS:");
    for _ in 0..3 {
        server.log_in(60).await;
    }
    let (peak, after) = (server.memory("VmHWM:"), server.memory("VmRSS:"));
    assert!(peak <= rest + 36 * MIB, "{rest} KiB at rest, {peak} KiB at the most");
    assert!(after <= rest + 30 * MIB, "{rest} KiB at rest, {after} KiB afterwards");
}
