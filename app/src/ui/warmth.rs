//! How long somebody has waited, as a colour that warms: quiet, then amber, then rose as the target nears.

use domain::Timestamp;

/// By then a guest should have had a reply.
const REPLY_TARGET_MS: i64 = 2 * 60_000;

/// The class of a wait that has lasted from `since` to `now`.
pub fn warmth(since: Timestamp, now: Timestamp) -> &'static str {
    match now.ms_since(since) {
        ms if ms < REPLY_TARGET_MS / 2 => "warm-0",
        ms if ms < REPLY_TARGET_MS => "warm-1",
        _ => "warm-2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_warms_as_the_target_nears() {
        let at = |ms| warmth(Timestamp(0), Timestamp(ms));
        assert_eq!(
            [at(-1), at(59_999), at(60_000), at(120_000)],
            ["warm-0", "warm-0", "warm-1", "warm-2"]
        );
    }
}
