//! How long to wait before trying again: twice as long each time, and by chance, so that a thousand desks that lost the
//! same server do not all come back in the same instant ("full jitter").

/// The first wait at most.
const FIRST_MS: u32 = 500;
/// No wait is longer.
const LONGEST_MS: u32 = 30_000;
/// Nor shorter: a server that closes at once is not to be asked in a loop.
const SHORTEST_MS: u32 = 100;

/// Counts the attempts in a row that failed.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    ceiling_ms: u32,
}

impl Backoff {
    pub const fn new() -> Self {
        Self { ceiling_ms: FIRST_MS }
    }

    /// The wait before the next attempt; `chance` is in `0.0..1.0`.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and LONGEST_MS"
    )]
    pub fn next_ms(&mut self, chance: f64) -> u32 {
        let wait = (f64::from(self.ceiling_ms) * chance.clamp(0.0, 1.0)) as u32;
        self.ceiling_ms = self.ceiling_ms.saturating_mul(2).min(LONGEST_MS);
        wait.max(SHORTEST_MS)
    }

    /// It worked: the next failure is a first one.
    pub const fn reset(&mut self) {
        self.ceiling_ms = FIRST_MS;
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_start_anew_after_success() {
        let mut backoff = Backoff::new();
        let waits: Vec<_> = (0..9).map(|_| backoff.next_ms(1.0)).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        backoff.reset();
        assert_eq!(backoff.next_ms(1.0), 500);
    }

    #[test]
    fn chance_spreads_the_whole_wait_and_never_makes_a_loop_of_it() {
        let mut backoff = Backoff::new();
        assert_eq!(backoff.next_ms(0.0), SHORTEST_MS);
        assert_eq!(backoff.next_ms(0.5), 500);
    }
}
