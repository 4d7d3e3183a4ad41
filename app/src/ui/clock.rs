//! The one clock of a front end: the server's, since the times on screen are by it and the clock of this computer may be
//! wrong. It ticks once a second for everything that tells time.

use super::browser;
use super::time_ago::same_day;
use domain::Timestamp;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

/// Clocks that differ by less are the same: the difference may be the time that the answer was on its way.
const SKEW_MS_MIN: i64 = 1_500;

thread_local! {
    /// How far the server's clock is ahead of this computer's.
    static AHEAD_MS: Cell<i64> = const { Cell::new(0) };
}

/// What the server's clock shows, as far as that is known; this computer's until then.
pub fn now() -> Timestamp {
    Timestamp(browser::now_ms()).plus_ms(AHEAD_MS.get())
}

/// The time as signals; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    now: RwSignal<Timestamp>,
    /// A moment of the reader's day; another one after midnight.
    today: Memo<Timestamp>,
}

impl Clock {
    pub fn start() -> Self {
        // The page was told when it was made.
        let told = browser::root_attribute("data-ahead").and_then(|ahead| ahead.parse().ok());
        AHEAD_MS.set(adjusted(0, told.unwrap_or_default()));
        let time = RwSignal::new(now());
        let clock = Self {
            now: time,
            today: Memo::new(move |before: Option<&Timestamp>| {
                let now = time.get();
                before.copied().filter(|before| same_day(*before, now)).unwrap_or(now)
            }),
        };
        let ticking = set_interval_with_handle(
            move || {
                if browser::visible() {
                    clock.now.set(now());
                }
            },
            Duration::from_secs(1),
        );
        on_cleanup(move || {
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
        clock
    }

    /// The server has said what its clock shows at this moment.
    pub fn heard(self, server: Timestamp) {
        let ahead_ms = adjusted(AHEAD_MS.get(), server.ms_since(Timestamp(browser::now_ms())));
        if AHEAD_MS.replace(ahead_ms) != ahead_ms {
            self.now.try_set(now());
        }
    }

    /// Read in a view, it keeps the view on time.
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// Some moment of today; read in a view, it builds the view anew after midnight.
    pub fn today(self) -> Timestamp {
        self.today.get()
    }
}

pub fn use_clock() -> Clock {
    expect_context()
}

/// How far ahead the server counts as, after it has been seen to be `seen` ahead.
const fn adjusted(before: i64, seen: i64) -> i64 {
    if seen.abs_diff(before) < SKEW_MS_MIN.unsigned_abs() {
        before
    } else {
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_put_right_and_a_slow_answer_changes_nothing() {
        assert_eq!(adjusted(0, -900), 0);
        assert_eq!(adjusted(0, 600_000), 600_000);
        assert_eq!(adjusted(600_000, 599_200), 600_000);
        assert_eq!(adjusted(600_000, 0), 0, "somebody has set the clock");
    }
}
