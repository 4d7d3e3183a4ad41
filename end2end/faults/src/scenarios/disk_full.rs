//! The disk is full: nothing is acknowledged, everybody is told, and service resumes by itself once there is room.
//!
//! Full for the server alone: the system lets it write no file beyond a few bytes, which fails as a full disk does, needs no
//! administrator, and harms nobody else on the machine.

use super::{Context, finish};
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::server::Launch;
use std::time::Duration;
use tokio::time::sleep;

/// The close code `try again`.
const TRY_AGAIN: u16 = 4500;

/// As much memory as it may take beyond what it had, while nothing can be stored, in bytes.
const GROWTH_BYTES_MAX: u64 = 32 * 1024 * 1024;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[]).survives_full_disks()).await?;
    let crowd = Crowd::gather(&mut house, Plan::default(), &context.dice).await?;
    for _ in 0..context.size(1, 5) {
        crowd.acknowledges(200).await?;
        let (told, before) = (crowd.evidence().await?.closed(TRY_AGAIN), house.usage()?);
        house.server()?.limit_files(Some(4_096))?;
        let full = crowd.stalls().await?;
        // How long the disk is full.
        sleep(Duration::from_secs(context.size(2, 10))).await;
        let meanwhile = crowd.acknowledged() - full;
        outcome.expect(meanwhile == 0, || {
            format!("{meanwhile} messages were acknowledged that cannot be stored")
        });
        let grown = house.usage()?.pss_bytes.saturating_sub(before.pss_bytes);
        outcome.expect(grown < GROWTH_BYTES_MAX, || format!("memory grew by {grown} bytes"));
        house.server()?.limit_files(None)?;
        outcome.injected += 1;
        crowd.acknowledges(100).await?;
        let told = crowd.evidence().await?.closed(TRY_AGAIN) - told;
        outcome.expect(told > 0, || "nobody was told that nothing can be stored".to_owned());
    }
    finish(crowd, house, &mut outcome).await?;
    Ok(outcome)
}
