//! Half an hour of coming, talking and going: memory and descriptors stay as they are.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use rig::usage::Usage;
use std::time::Duration;
use tokio::time::sleep;

/// Memory may differ by so much between two thirds of the run, in percent, beside a few megabytes of caches.
const DRIFT_PERCENT_MAX: u64 = 10;
const DRIFT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Samples of the whole run.
const SAMPLES: u32 = 60;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut dice = context.dice.clone();
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let plan = Plan {
        guests: 60,
        pause: Duration::from_millis(500),
        ..Plan::default()
    };
    let crowd = Crowd::gather(&mut house, plan, &dice).await?;
    let pause = Duration::from_secs(context.minutes * 60) / SAMPLES;
    let mut samples = Vec::new();
    for _ in 0..SAMPLES {
        // The soak itself, in even parts.
        sleep(pause).await;
        crowd.cut_guest(&mut dice);
        samples.push(house.usage()?);
        outcome.injected += 1;
    }
    // The first third warms up.
    let third = samples.len() / 3;
    let (second, last) = (mean(&samples, third), mean(&samples, 2 * third));
    let most = second.pss_bytes / 100 * (100 + DRIFT_PERCENT_MAX) + DRIFT_BYTES_MAX;
    outcome.expect(last.pss_bytes <= most, || {
        format!("memory grew from {second:?} to {last:?}")
    });
    outcome.expect(last.descriptors <= second.descriptors + 10, || {
        format!("descriptors grew from {second:?} to {last:?}")
    });
    let kib = |usage: &Usage| usage.pss_bytes / 1_024;
    outcome.note(format!(
        "memory {} KiB in the second third and {} KiB in the last, descriptors {} and {}",
        kib(&second),
        kib(&last),
        second.descriptors,
        last.descriptors
    ));
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}

/// Of a third of the samples, from that one on.
fn mean(samples: &[Usage], from: usize) -> Usage {
    let third = samples.len() / 3;
    let part = samples.get(from..from + third).unwrap_or_default();
    let count = part.len().max(1);
    Usage {
        pss_bytes: part.iter().map(|usage| usage.pss_bytes).sum::<u64>() / u64::try_from(count).unwrap_or(1),
        descriptors: part.iter().map(|usage| usage.descriptors).sum::<usize>() / count,
        ..Usage::default()
    }
}
