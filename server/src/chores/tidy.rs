//! Removes what no longer counts, once an hour.

use crate::people::People;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_hours(1);

/// Works until it is aborted.
pub async fn tidy(people: People) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        if let Err(error) = people.tidy().await {
            tracing::warn!(%error, "could not tidy up");
        }
    }
}
