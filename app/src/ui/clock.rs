//! One tick for everything on screen that tells time, once a second.

use super::browser;
use domain::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

/// The time by this computer's clock, as a signal; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Clock(RwSignal<Timestamp>);

impl Clock {
    pub fn start() -> Self {
        let clock = Self(RwSignal::new(Timestamp(browser::now_ms())));
        let ticking = set_interval_with_handle(
            move || {
                if browser::visible() {
                    clock.0.set(Timestamp(browser::now_ms()));
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

    /// Read in a view, it keeps the view on time.
    pub fn now(self) -> Timestamp {
        self.0.get()
    }
}

pub fn use_clock() -> Clock {
    expect_context()
}
