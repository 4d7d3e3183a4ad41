//! Messages: the stored entries of a conversation.

use crate::heard::Tagged;
use crate::{Author, ClientMessageId, ConversationId, Notice, Seq, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// One stored entry of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Message {
    pub conversation: ConversationId,
    pub seq: Seq,
    /// The id its sender's client gave it; `null` for a notice.
    pub id: Option<ClientMessageId>,
    pub from: Author,
    pub body: Body,
    /// When the server took it.
    pub at: Timestamp,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// Shown exactly as it is; never markup.
    Text { text: String },
    /// Put into words by the client, in the reader's language.
    Notice(Notice),
}

/// What is said by a later version of Seatline is to this one a notice it has no words for: it has its place all the same.
impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("kind")? {
            "text" => Self::Text {
                text: heard.field("text")?,
            },
            "notice" => Self::Notice(heard.whole()?),
            _ => Self::Notice(Notice::Unknown),
        })
    }
}
