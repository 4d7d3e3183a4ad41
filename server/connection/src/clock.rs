//! Two clocks: one that people read, and a steady one that deadlines are measured with.

use domain::Timestamp;
use room::Now;
use tokio::time::Instant;

/// The hub's time. `wall` may jump when somebody sets the machine's clock; `steady` never does.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    wall: fn() -> Timestamp,
    base: Timestamp,
    started: Instant,
}

impl Clock {
    /// `wall` reads the machine's clock.
    pub fn new(wall: fn() -> Timestamp) -> Self {
        Self {
            wall,
            base: wall(),
            started: Instant::now(),
        }
    }

    /// The time of day, for what people are shown.
    pub fn wall(&self) -> Timestamp {
        (self.wall)()
    }

    /// The time of day when the hub started plus what has passed since; for dispatch.
    pub fn steady(&self) -> Timestamp {
        let passed_ms = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.base.plus_ms(passed_ms)
    }

    pub fn now(&self) -> Now {
        Now {
            wall: self.wall(),
            steady: self.steady(),
        }
    }

    /// The moment at which [`Clock::steady`] will show `at`.
    pub fn instant(&self, at: Timestamp) -> Instant {
        let ms = u64::try_from(at.ms_since(self.base)).unwrap_or(0);
        self.started + std::time::Duration::from_millis(ms)
    }
}
