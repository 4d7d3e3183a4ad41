//! Guests: what is known of a visitor.

use crate::{GuestId, Timestamp};
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
