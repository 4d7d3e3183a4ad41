//! Guests: what is known of a visitor.

use crate::{GuestId, Timestamp, name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The page a guest is on. Longer values are cut by the server: `url` and `referrer` at 2,048 characters, `title` at
/// 256.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct PageView {
    pub url: String,
    pub title: String,
    /// Empty if there is none.
    pub referrer: String,
}

/// What the visitor's browser tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct Environment {
    /// BCP 47, such as `zh-CN`; at most 35 characters.
    pub language: String,
    /// IANA name, such as `Asia/Shanghai`; at most 64 characters.
    pub time_zone: String,
    /// CSS pixels, 0 if unknown.
    pub screen_width: u32,
    pub screen_height: u32,
}

/// What the desk shows of a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuestProfile {
    pub id: GuestId,
    /// As the guest gave it; empty for an anonymous guest.
    pub name: String,
    /// How to reach the guest, as they wrote it (e-mail or telephone); empty if they left none.
    pub contact: String,
    pub environment: Environment,
    /// Browser and system as read from `User-Agent`, such as `Chrome 128` and `Windows 10`; empty if unknown.
    pub browser: String,
    pub system: String,
    /// Internet address, truncated if so configured.
    pub address: String,
    pub first_page: PageView,
    pub current_page: PageView,
    pub visits: i64,
    pub first_seen_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// Newest first, at most 50.
    pub pages: Vec<VisitedPage>,
}

/// One page a guest was on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VisitedPage {
    pub page: PageView,
    pub at: Timestamp,
}

impl PageView {
    /// The same with every value cut to its bound, the title as names are kept, and without addresses that are not of the web: they are shown as
    /// links.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            url: web_address(&self.url),
            title: name::clean(&cut(&self.title, 256)),
            referrer: web_address(&self.referrer),
        }
    }
}

impl Environment {
    /// The same with every value cut to its bound.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            language: cut(&self.language, 35),
            time_zone: cut(&self.time_zone, 64),
            ..self
        }
    }
}

fn web_address(url: &str) -> String {
    let of_the_web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    if of_the_web { cut(url, 2_048) } else { String::new() }
}

fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_kept_and_only_so_much_of_them() {
        let page = PageView {
            url: "javascript:alert(1)".into(),
            title: "字".repeat(300),
            referrer: format!("https://example.com/{}", "x".repeat(3_000)),
        };
        let page = page.bounded();
        assert_eq!(page.url, "");
        assert_eq!(page.title.chars().count(), 256);
        assert_eq!(page.referrer.len(), 2_048);
    }
}
