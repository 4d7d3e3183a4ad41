//! Points in time and stretches of it, as people say them: relative when near, absolute when far, exact on hover.

use super::clock::{self, Clock, use_clock};
use crate::i18n::{Locale, locale, td_string};
use domain::Timestamp;
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use wasm_bindgen::JsValue;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long before now something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ago {
    Now,
    Minutes(i64),
    /// An hour or more: a point in time is told by the clock or the calendar.
    Far,
}

impl Ago {
    fn of(now: Timestamp, at: Timestamp) -> Self {
        // A clock that is behind the server's makes the present look like the future.
        match now.ms_since(at).max(0) {
            ms if ms < MINUTE_MS => Self::Now,
            ms if ms < HOUR_MS => Self::Minutes(ms / MINUTE_MS),
            _ => Self::Far,
        }
    }
}

/// "just now", "5 min ago", "14:02", "23 Nov".
#[component]
pub fn TimeAgo(at: Timestamp) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let text = move || match Ago::of(clock.now(), at) {
        Ago::Now => td_string!(t, time.now).to_owned(),
        Ago::Minutes(n) => td_string!(t, time.minutes_ago, n = n),
        Ago::Far if same_day(clock.now(), at) => time_of_day(at),
        Ago::Far => date(t, at),
    };
    view! { <time data-tip=exact(t, at)>{text}</time> }
}

/// "0:42", "12 min", "3 h": how long something has lasted.
pub fn lasted(t: Locale, ms: i64) -> String {
    match ms.max(0) {
        ms if ms < 10 * MINUTE_MS => format!("{}:{:02}", ms / MINUTE_MS, ms % MINUTE_MS / 1_000),
        ms if ms < 2 * HOUR_MS => td_string!(t, time.minutes, n = ms / MINUTE_MS),
        ms if ms < 48 * HOUR_MS => td_string!(t, time.hours, n = ms / HOUR_MS),
        ms => td_string!(t, time.days, n = ms / (24 * HOUR_MS)),
    }
}

/// How long it has lasted since then; ticks.
#[component]
pub fn Lasting(since: Timestamp) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    view! { <time data-tip=exact(t, since)>{move || lasted(t, clock.now().ms_since(since))}</time> }
}

/// A moment as the browser has it.
pub fn js_date(at: Timestamp) -> js_sys::Date {
    #[allow(
        clippy::cast_precision_loss,
        reason = "milliseconds of this era are exact in a double"
    )]
    js_sys::Date::new(&JsValue::from_f64(at.0 as f64))
}

pub fn same_day(a: Timestamp, b: Timestamp) -> bool {
    let day = |at| {
        let date = js_date(at);
        (date.get_full_year(), date.get_month(), date.get_date())
    };
    day(a) == day(b)
}

/// "14:02", by the reader's clock.
pub fn time_of_day(at: Timestamp) -> String {
    let date = js_date(at);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// "23 Nov" or "11月23日", with the year if it is another one.
pub fn date(t: Locale, at: Timestamp) -> String {
    let this_year = js_date(at).get_full_year() == js_date(clock::now()).get_full_year();
    let year: &[_] = if this_year { &[] } else { &[("year", "numeric")] };
    formatted(t, at, &[&[("month", "short"), ("day", "numeric")], year].concat())
}

/// "Today", or the date. Tracked: at midnight it is another word.
pub fn day(t: Locale, clock: Clock, at: Timestamp) -> String {
    if same_day(at, clock.today()) {
        td_string!(t, time.today).to_owned()
    } else {
        date(t, at)
    }
}

/// Date and time to the second.
pub fn exact(t: Locale, at: Timestamp) -> String {
    formatted(t, at, &[("dateStyle", "medium"), ("timeStyle", "medium")])
}

fn formatted(t: Locale, at: Timestamp, options: &[(&str, &str)]) -> String {
    let tag = match t {
        Locale::en => "en-GB",
        Locale::zh => t.as_str(),
    };
    let wanted = js_sys::Object::new();
    for (name, value) in options {
        drop(js_sys::Reflect::set(&wanted, &(*name).into(), &(*value).into()));
    }
    String::from(js_date(at).to_locale_string(tag, &wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_relative_and_the_future_is_now() {
        let at = |ms| Ago::of(Timestamp(ms), Timestamp(0));
        assert_eq!(at(-5_000), Ago::Now);
        assert_eq!(at(59_999), Ago::Now);
        assert_eq!(at(5 * MINUTE_MS + 1), Ago::Minutes(5));
        assert_eq!(at(HOUR_MS), Ago::Far);
    }

    #[test]
    fn what_lasts_is_told_ever_more_roughly() {
        let lasted = |ms| lasted(Locale::en, ms);
        assert_eq!(lasted(-1), "0:00");
        assert_eq!(lasted(42_000), "0:42");
        assert_eq!(lasted(9 * MINUTE_MS + 5_000), "9:05");
        assert_eq!(lasted(12 * MINUTE_MS), "12 min");
        assert_eq!(lasted(3 * HOUR_MS), "3 h");
        assert_eq!(lasted(72 * HOUR_MS), "3 d");
    }
}
