//! The one place that reads the machine's clock. Everything else is handed a [`Clock`], so that tests need not wait.

use domain::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The time of day by the machine's clock.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Tells the time of day.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// `None`: the machine's clock.
    set_ms: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// A clock that shows what `ms` holds, in milliseconds since 1970.
    pub const fn set_by(ms: Arc<AtomicI64>) -> Self {
        Self { set_ms: Some(ms) }
    }

    pub fn now(&self) -> Timestamp {
        match &self.set_ms {
            Some(ms) => Timestamp(ms.load(Ordering::SeqCst)),
            None => now(),
        }
    }
}
