//! What a process costs, by `/proc`.

use crate::RigError;
use crate::error::io;
use std::fs;
use std::time::Duration;

/// What a process has used so far, and what it holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time of all its threads, to 10 ms.
    pub cpu: Duration,
    /// Memory that is its own, and its part of what it shares (`Pss`).
    pub pss_bytes: u64,
    /// Open file descriptors.
    pub descriptors: usize,
    pub threads: usize,
}

impl Usage {
    /// Of the process of this id, now.
    ///
    /// # Errors
    /// It is gone, or not ours to look at.
    pub fn of(pid: u32) -> Result<Self, RigError> {
        let read = |file: &str| fs::read_to_string(format!("/proc/{pid}/{file}")).map_err(io("reading /proc"));
        let count = |folder: &str| {
            fs::read_dir(format!("/proc/{pid}/{folder}"))
                .map(Iterator::count)
                .map_err(io("reading /proc"))
        };
        Ok(Self {
            cpu: cpu(&read("stat")?),
            pss_bytes: pss_bytes(&read("smaps_rollup")?),
            descriptors: count("fd")?,
            threads: count("task")?,
        })
    }

    /// The processor time used since `earlier`.
    pub fn cpu_since(&self, earlier: &Self) -> Duration {
        self.cpu.saturating_sub(earlier.cpu)
    }
}

/// `utime` and `stime`: fields 14 and 15 of `proc_pid_stat(5)`. The name before them may hold spaces and brackets.
fn cpu(stat: &str) -> Duration {
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    Duration::from_millis(ticks.saturating_mul(1_000) / per_second)
}

fn pss_bytes(rollup: &str) -> u64 {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default().saturating_mul(1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0";
        assert_eq!(cpu(stat), Duration::from_secs(3));
        assert_eq!(pss_bytes("Rss: 9 kB\nPss:      12 kB\nPss_Dirty: 1 kB\n"), 12 * 1_024);
    }

    #[test]
    fn this_process_uses_something() {
        let usage = Usage::of(std::process::id()).unwrap_or_default();
        assert!(
            usage.pss_bytes > 0 && usage.descriptors > 0 && usage.threads > 0,
            "{usage:?}"
        );
    }
}
