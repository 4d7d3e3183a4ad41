//! The live endpoint: the console's live page. Needs the rule `live.view`.

use domain::Timestamp;
use domain::heard::Tagged;
use domain::live::LiveView;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// What the live page sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiveFrame {
    /// The first frame. Answered with `view`, and again whenever something changed, at most once a second.
    Hello { protocol: u32 },
    /// Heartbeat; answered with `pong`.
    Ping,
}

/// What the server sends to the live page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiveEvent {
    View(LiveView),
    Pong {
        /// The server's clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        now: Option<Timestamp>,
    },
    /// Said by a later version of Seatline, and to be passed over.
    #[schemars(skip)]
    Unknown,
}

impl<'de> Deserialize<'de> for LiveEvent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("type")? {
            "view" => Self::View(heard.whole()?),
            "pong" => Self::Pong {
                now: heard.field("now")?,
            },
            _ => Self::Unknown,
        })
    }
}
