//! The machine: what it grants, and how long its disk takes.

use anyhow::Context as _;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Files that this process and the server may have open.
const FILES: u64 = 250_000;

/// Writes that are timed.
const SYNCS: usize = 200;

/// Allows for very many sockets, as far as the machine lets us. Children inherit it.
pub(crate) fn raise_limits() -> u64 {
    let now = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: Some(FILES),
        maximum: Some(FILES.max(now.maximum.unwrap_or(FILES))),
    };
    let granted = Rlimit {
        current: now.maximum,
        maximum: now.maximum,
    };
    if setrlimit(Resource::Nofile, all).is_err() {
        // Only root may raise the upper bound.
        let _ = setrlimit(Resource::Nofile, granted);
    }
    getrlimit(Resource::Nofile).current.unwrap_or(FILES)
}

/// The median time of a write of 4 KiB at the end of a file and an `fdatasync`.
pub(crate) fn fdatasync(folder: &Path) -> anyhow::Result<Duration> {
    let path = folder.join("fdatasync");
    let mut file = File::create(&path).context("a file to sync")?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let began = Instant::now();
        file.write_all(&[7; 4_096])?;
        rustix::fs::fdatasync(&file)?;
        times.push(began.elapsed());
    }
    fs::remove_file(path)?;
    times.sort_unstable();
    Ok(percentile(&times, 50.0))
}

/// Of sorted times.
pub(crate) fn percentile(sorted: &[Duration], part: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * part / 100.0).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

/// What the processor calls itself, and how many there are.
pub(crate) fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name"));
    let name = name.map_or("unknown", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} × {name}")
}
