//! Power loss: copies of the SQLite files at arbitrary instants hold every message acknowledged before.
//!
//! The server is stopped in its tracks while its files are copied, so that a copy is what the disk holds at one instant and
//! not at several. Then a server of its own opens the copy, as after a power cut.

use super::{Context, finish};
use crate::audit::stored::Stored;
use crate::audit::{Evidence, lost};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::database::Database;
use rig::house::House;
use rig::server::{Address, Launch, Log, Server};
use std::path::Path;
use std::time::Duration;
use tokio::time::sleep;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let plan = Plan {
        restless: false,
        ..Plan::default()
    };
    let crowd = Crowd::gather(&mut house, plan, &dice).await?;
    for _ in 0..context.size(3, 40) {
        crowd.acknowledges(1 + dice.below(300)).await?;
        // At any instant: right after an acknowledgement, or some time into the next ones.
        sleep(dice.between(Duration::ZERO, Duration::from_millis(4))).await;
        let known = crowd.evidence().await?;
        let copy = copied(&mut house)?;
        reopened(copy.path(), &known, &mut outcome).await?;
        outcome.injected += 1;
    }
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// The files as they are now.
fn copied(house: &mut House) -> Result<tempfile::TempDir, Failure> {
    let machine = |error: std::io::Error| Failure::Machine {
        what: "copying the database",
        why: error.to_string(),
    };
    let folder = tempfile::Builder::new()
        .prefix("seatline-power-")
        .tempdir()
        .map_err(machine)?;
    let file = house.database.file();
    house.server()?.freeze(true)?;
    let mut copied = Ok(0);
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", file.display());
        let to = folder.path().join(format!("seatline.db{suffix}"));
        copied = copied.and(std::fs::copy(from, to));
    }
    house.server()?.freeze(false)?;
    copied.map_err(machine)?;
    Ok(folder)
}

/// A server opens the copy, and everything acknowledged is in it.
async fn reopened(folder: &Path, known: &Evidence, outcome: &mut Outcome) -> Result<(), Failure> {
    let copy = Database::at(folder.to_owned());
    let checked = copy.rows::<(String,)>("PRAGMA integrity_check").await?;
    let is_sound = checked.iter().all(|(said,)| said == "ok");
    outcome.expect(is_sound, || format!("the copy is damaged: {checked:?}"));
    let server = Server::start(&copy, &Launch::default(), &Address::default(), &Log::default()).await?;
    let stored = Stored::read(&copy).await?;
    server.kill().await?;
    outcome.findings.extend(lost(known, &stored));
    Ok(())
}
