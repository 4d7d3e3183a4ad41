//! The kinds of values that options take.

use app::api::origin::parse_origin;
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// Whether the demonstration page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Demo {
    /// On while listening on loopback only.
    #[default]
    Auto,
    On,
    Off,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// A period, written in seconds, with a fraction if need be: `30`, `0.25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds {
    pub ms: i64,
}

/// Longest period, in seconds: a year.
const SECONDS_MAX: f64 = 31_536_000.0;

impl Seconds {
    fn new(seconds: f64) -> Result<Self, BadValue> {
        if !(0.001..=SECONDS_MAX).contains(&seconds) {
            return Err(BadValue("a period is a number of seconds from 0.001 to 31536000"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
        let ms = (seconds * 1_000.0).round() as i64;
        Ok(Self { ms })
    }
}

impl FromStr for Seconds {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        // What is no number is out of range, too.
        Self::new(text.parse().unwrap_or(f64::NAN))
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).and_then(|seconds| Self::new(seconds).map_err(serde::de::Error::custom))
    }
}

/// How many: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u32);

impl Count {
    fn new(number: u32) -> Result<Self, BadValue> {
        match number {
            1..=1_000_000 => Ok(Self(number)),
            _ => Err(BadValue("the number must be from 1 to 1000000")),
        }
    }
}

impl FromStr for Count {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        Self::new(text.parse().unwrap_or(0))
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).and_then(|number| Self::new(number).map_err(serde::de::Error::custom))
    }
}

/// Where people reach Seatline: scheme and host, such as `https://chat.example`, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Scheme and host as a browser writes an origin.
    pub fn origin(&self) -> &str {
        &self.0
    }

    /// Whether cookies can be kept to encrypted connections.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for PublicUrl {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let (_, address) = text.split_once("://").unwrap_or(("", text));
        let path = address.split_once(['/', '?', '#']).unwrap_or_default().1;
        if !path.trim().is_empty() {
            return Err(BadValue(
                "the public address is scheme and host, such as https://chat.example, without a path: Seatline needs a host name \
                 of its own",
            ));
        }
        parse_origin(text)
            .ok()
            .filter(|origin| origin.starts_with("http") && !origin.contains('*'))
            .map(Self)
            .ok_or(BadValue(
                "the public address is scheme and host, such as https://chat.example",
            ))
    }
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Why a value is not one of its kind: a sentence without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadValue(&'static str);

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for BadValue {}

/// Accepts `text` if it is a database of a kind there is.
pub(super) fn database_url(text: &str) -> Result<String, BadValue> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(text.to_owned())
    } else {
        Err(BadValue("the database URL begins with postgres://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_origin_is_scheme_and_host_and_nothing_else(text in prop_oneof![
            ".{0,60}",
            "(https?|HTTP|ftp|javascript)?(://|:|//)?[a-zA-Z0-9.@_\\[\\]:-]{0,30}[/?#\\\\]?.{0,10}",
        ]) {
            if let Ok(origin) = parse_origin(&text) {
                // It is written as browsers write one, and so is read again as the same.
                prop_assert_eq!(parse_origin(&origin), Ok(origin.clone()));
                let (scheme, host) = origin.split_once("://").unwrap_or_default();
                prop_assert!(!matches!(scheme, "" | "ftp" | "javascript"), "{}", origin);
                prop_assert!(!host.is_empty() && !host.contains(['/', '@', '?', '#', '\\', ' ', '"', '<', ',', ';']), "{}", origin);
            }
        }

        #[test]
        fn a_period_is_positive_and_bounded_or_none(text in prop_oneof![".{0,20}", "-?[0-9]{0,12}(\\.[0-9]{0,9})?(e-?[0-9]{1,4})?"]) {
            if let Ok(Seconds { ms }) = text.parse() {
                prop_assert!((1..=31_536_000_000).contains(&ms));
            }
        }
    }
}
