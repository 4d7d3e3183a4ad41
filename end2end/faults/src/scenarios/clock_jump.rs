//! The machine's clock jumps forwards and backwards by an hour; the steady clock goes on.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where Debian's package `libfaketime` has it.
const LIBRARIES: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
];

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let clock = tempfile::NamedTempFile::new().map_err(machine)?;
    set(clock.path(), "+0")?;
    let launch = Launch {
        variables: pretending(clock.path())?,
        ..Launch::generous(&[])
    };
    let mut house = House::open(context.engine, launch).await?;
    let crowd = Crowd::gather(&mut house, Plan::default(), &dice).await?;
    for _ in 0..context.size(3, 20) {
        crowd.acknowledges(60 + dice.below(100)).await?;
        let jump = ["+1h", "-1h", "+0"];
        set(clock.path(), dice.pick(&jump).copied().unwrap_or("+0"))?;
        outcome.injected += 1;
        if dice.chance(30) {
            crowd.acknowledges(20).await?;
            house.kill().await?;
            house.start().await?;
        }
    }
    crowd.acknowledges(100).await?;
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// The clock that the server reads.
fn set(file: &Path, time: &str) -> Result<(), Failure> {
    std::fs::write(file, format!("{time}\n")).map_err(machine)
}

/// The environment in which a program starts at that time, in seconds since 1970.
pub(super) fn beginning_at(seconds: i64) -> Result<Vec<(String, OsString)>, Failure> {
    let at = OsString::from(format!("@{seconds}"));
    variables([("FAKETIME", at), ("FAKETIME_FMT", "%s".into())])
}

/// The environment in which a program reads the time of that file.
fn pretending(file: &Path) -> Result<Vec<(String, OsString)>, Failure> {
    let file = file.as_os_str().to_owned();
    variables([("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_NO_CACHE", "1".into())])
}

/// The environment in which a program has another time, but counts what passes by the real clock.
fn variables(time: [(&str, OsString); 2]) -> Result<Vec<(String, OsString)>, Failure> {
    let found = LIBRARIES.iter().map(PathBuf::from).find(|library| library.exists());
    let library = found.ok_or_else(|| Failure::Machine {
        what: "setting the clock",
        why: "libfaketime is missing (Debian: apt install libfaketime)".to_owned(),
    })?;
    let always = [
        ("LD_PRELOAD", library.into_os_string()),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
    ];
    let all = always.into_iter().chain(time);
    Ok(all.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn machine(error: std::io::Error) -> Failure {
    Failure::Machine {
        what: "setting the clock",
        why: error.to_string(),
    }
}
