//! A token bucket: how often something may be done.

use std::time::Duration;
use tokio::time::Instant;

/// However slowly a bucket is filled, a debt is forgiven after this.
const DEBT_MAX: Duration = Duration::from_mins(1);

/// Holds up to `burst` tokens and gains `per_second` of them each second.
#[derive(Debug)]
pub struct Bucket {
    tokens: f64,
    burst: f64,
    per_second: f64,
    at: Instant,
}

impl Bucket {
    pub fn new(burst: u32, per_second: f64, now: Instant) -> Self {
        Self {
            tokens: burst.into(),
            burst: burst.into(),
            per_second,
            at: now,
        }
    }

    /// Whether it is as good as new.
    pub fn is_full(&self, now: Instant) -> bool {
        self.tokens_at(now) >= self.burst
    }

    fn tokens_at(&self, now: Instant) -> f64 {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * self.per_second;
        (self.tokens + gained).min(self.burst)
    }

    /// Takes a token; false if there is none.
    pub fn take(&mut self, now: Instant) -> bool {
        self.tokens = self.tokens_at(now);
        self.at = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }

    /// Takes a token, on credit if there is none.
    pub fn take_or_owe(&mut self, now: Instant) {
        if !self.take(now) {
            self.tokens -= 1.0;
        }
    }

    /// When what is owed will be paid back, if anything is.
    pub fn paid_at(&self) -> Option<Instant> {
        let owed = (self.tokens < 0.0).then_some(-self.tokens)?;
        let seconds = Duration::try_from_secs_f64(owed / self.per_second).unwrap_or(DEBT_MAX);
        Some(self.at + seconds.min(DEBT_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_is_allowed_and_then_only_the_rate() {
        let start = Instant::now();
        let mut bucket = Bucket::new(3, 10.0, start);
        assert_eq!((0..5).filter(|_| bucket.take(start)).count(), 3);
        assert!(!bucket.take(start + Duration::from_millis(99)));
        assert!(bucket.take(start + Duration::from_millis(101)));
        assert!(!bucket.take(start + Duration::from_millis(101)));
    }

    #[test]
    fn what_is_taken_on_credit_is_paid_back_first() {
        let start = Instant::now();
        let mut bucket = Bucket::new(1, 10.0, start);
        bucket.take_or_owe(start);
        assert_eq!(bucket.paid_at(), None);
        bucket.take_or_owe(start);
        let paid = bucket.paid_at().map(|at| at.duration_since(start));
        assert_eq!(paid, Some(Duration::from_millis(100)));
        assert!(!bucket.take(start + Duration::from_millis(199)));
        assert!(bucket.take(start + Duration::from_millis(201)));

        let mut never = Bucket::new(0, 0.0, start);
        never.take_or_owe(start);
        assert_eq!(never.paid_at(), Some(start + DEBT_MAX));
    }
}
