//! Another program locks the SQLite file: for a moment, which nobody notices; for longer, which fails cleanly.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::RigError;
use rig::house::House;
use rig::server::Launch;
use sqlx::{Connection as _, Executor as _};
use std::time::Duration;
use tokio::time::sleep;

/// The close code `try again`.
const TRY_AGAIN: u16 = 4500;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let crowd = Crowd::gather(&mut house, Plan::default(), &context.dice).await?;
    crowd.acknowledges(100).await?;

    let sent_away = hold(&crowd, &house, Duration::from_millis(1_500), &mut outcome).await?;
    outcome.expect(sent_away == 0, || {
        format!("a short lock closed {sent_away} connections")
    });
    if !context.is_short {
        // Longer than the server waits for the lock.
        let sent_away = hold(&crowd, &house, Duration::from_secs(12), &mut outcome).await?;
        outcome.expect(sent_away > 0, || {
            "nobody was told that nothing can be stored".to_owned()
        });
    }
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// Holds the file's write lock for so long. How many connections were told to try again.
async fn hold(crowd: &Crowd, house: &House, time: Duration, outcome: &mut Outcome) -> Result<u64, Failure> {
    let before = crowd.evidence().await?.closed(TRY_AGAIN);
    let mut intruder = house.database.intruder().await?;
    intruder.execute("BEGIN IMMEDIATE").await.map_err(RigError::from)?;
    let locked = crowd.stalls().await?;
    // How long the file is locked.
    sleep(time).await;
    let meanwhile = crowd.acknowledged() - locked;
    outcome.expect(meanwhile == 0, || {
        format!("{meanwhile} messages were acknowledged that cannot be stored")
    });
    intruder.execute("ROLLBACK").await.map_err(RigError::from)?;
    intruder.close().await.map_err(RigError::from)?;
    outcome.injected += 1;
    crowd.acknowledges(100).await?;
    Ok(crowd.evidence().await?.closed(TRY_AGAIN) - before)
}
