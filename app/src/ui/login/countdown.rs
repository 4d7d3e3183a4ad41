//! How long to wait after too many attempts.

use crate::i18n::{Locale, td_string};
use crate::ui::clock::use_clock;
use crate::ui::reactive::memo;
use domain::Timestamp;
use leptos::prelude::*;

/// Until when no attempt is heard; `None` if one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Countdown(RwSignal<Option<Timestamp>>);

impl Countdown {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub(super) fn start(self, now: Timestamp, seconds: u32) {
        self.0.set(Some(Timestamp(now.0 + i64::from(seconds) * 1_000)));
    }

    /// Seconds to go, rounded up; `None` if there is nothing to wait for.
    pub(super) fn left(self) -> Memo<Option<i64>> {
        let clock = use_clock();
        memo(move || self.0.get().and_then(|until| seconds_left(clock.now(), until)))
    }
}

fn seconds_left(now: Timestamp, until: Timestamp) -> Option<i64> {
    let ms = until.ms_since(now);
    (ms > 0).then(|| (ms + 999) / 1_000)
}

/// "1 min 20 s".
pub(super) fn in_words(t: Locale, seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, s) => td_string!(t, time.wait_s, s = s),
        (min, 0) => td_string!(t, time.wait_min, min = min),
        (min, s) => td_string!(t, time.wait_min_s, min = min, s = s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_told_to_its_end_and_not_beyond() {
        let left = |ms| seconds_left(Timestamp(ms), Timestamp(10_000));
        assert_eq!([left(0), left(9_001), left(9_999)], [Some(10), Some(1), Some(1)]);
        assert_eq!([left(10_000), left(11_000)], [None, None]);
    }

    #[test]
    fn a_wait_is_told_in_words() {
        let words = |seconds| in_words(Locale::en, seconds);
        assert_eq!([words(42), words(120), words(80)], ["42 s", "2 min", "1 min 20 s"]);
        assert_eq!(in_words(Locale::zh, 80), "1 分 20 秒");
    }
}
