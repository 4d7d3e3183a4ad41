//! How long it will probably take.

use std::collections::VecDeque;

/// So many recent service times are remembered for each group.
const SERVICES_MAX: usize = 20;
/// Fewer are no basis for an estimate.
const SERVICES_MIN: usize = 3;

/// A group's most recent service times, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Services {
    recent: VecDeque<i64>,
    sum: i64,
}

impl Services {
    pub(crate) fn push(&mut self, ms: i64) {
        // A service cannot take less than no time, whatever the clock says, and a century is enough for the sum to fit.
        let ms = ms.clamp(0, 100 * 366 * 86_400_000);
        if self.recent.len() == SERVICES_MAX {
            self.sum -= self.recent.pop_front().unwrap_or_default();
        }
        self.recent.push_back(ms);
        self.sum += ms;
    }

    /// Seconds until somebody with `ahead` people ahead is probably seated, rounded up; `None` without a basis.
    ///
    /// (ahead + 1) × mean service time ÷ seats: with every seat taken, seats fall free one at a time, on average every
    /// (mean ÷ seats), and it takes ahead + 1 of these. This is the queue-length estimator of W. Whitt, "Predicting
    /// Queueing Delays", Management Science 45 (1999), pages 870 to 888, exact for exponentially distributed service
    /// times, which the mean of the last few stands in for.
    pub(crate) fn estimate_s(&self, ahead: u32, seats: u32) -> Option<u32> {
        if self.recent.len() < SERVICES_MIN || seats == 0 {
            return None;
        }
        let turns = u128::from(ahead) + 1;
        let services = u128::try_from(self.recent.len()).ok()?;
        let total_ms = u128::try_from(self.sum).ok()? * turns;
        Some(u32::try_from(total_ms.div_ceil(services * u128::from(seats) * 1_000)).unwrap_or(u32::MAX))
    }
}
