//! Conversations: where one can be, and why it got there.
//!
//! A client may be older than its server. What the server says of a closed set therefore has an `Unknown` that stands for
//! whatever this version has no name for; it is in no schema, and no server sends it.

use crate::MemberId;
use crate::heard::{Tagged, read_known};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Every conversation is in exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// An agent holds it in one of their seats.
    Seated,
    /// In its member group's line.
    Waiting,
    /// In the missed queue: work to be done later.
    Missed,
    /// Over.
    Closed,
}

/// Reads the state a server tells of; `None` if this version does not know it. The state itself is read strictly: servers
/// decide by it, and what they have stored is one of the four.
///
/// # Errors
/// If there is nothing that could be a state.
pub fn known_state<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ConversationState>, D::Error> {
    read_known(from)
}

/// Why a conversation waits in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// No seat was free on arrival: all were taken, or their agents had lost the connection.
    Arrived,
    /// The agent's connection dropped for longer than the grace period.
    AgentLost,
    /// The agent went off duty, lost seats' rights or was disabled.
    AgentLeft,
    /// The agent did not reply within the accept time.
    Bounced,
    /// The guest went away before an agent had taken up the offered seat. They are passed over until they are back, and then
    /// have the place that they had.
    GuestAway,
    /// Said by a later version of Seatline; only clients come to see it.
    #[serde(other)]
    #[schemars(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    Unknown,
}

/// Why a conversation is in the missed queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MissedReason {
    /// Nobody was on duty on arrival.
    NobodyOnDuty,
    /// The last agent on duty left while the guest waited.
    EveryoneLeft,
    /// The line had reached its longest.
    LineFull,
    /// The guest waited longer than the group's maximum.
    WaitedTooLong,
    /// The guest gave up waiting or went away and did not come back.
    GuestLeft,
    /// No live connection could be had from where the guest is: the message came by form.
    NotConnected,
    /// Said by a later version of Seatline; only clients come to see it.
    #[serde(other)]
    #[schemars(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    Unknown,
}

/// Who ended a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    Agent,
    Guest,
    /// The guest went away and did not come back within the grace period.
    GuestLeft,
    /// It was missed, and the guest went without a word and without a way to be reached: nobody could do anything about it.
    NothingSaid,
    /// Said by a later version of Seatline; only clients come to see it.
    #[serde(other)]
    #[schemars(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    Unknown,
}

/// Who says something in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Author {
    Guest,
    /// `name` is the agent's name at the time of reading.
    Agent {
        id: MemberId,
        name: String,
    },
    /// Seatline itself, with a [`Notice`].
    System,
}

/// Who is neither guest nor agent to this version of Seatline belongs to the system.
impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("role")? {
            "guest" => Self::Guest,
            "agent" => Self::Agent {
                id: heard.field("id")?,
                name: heard.field("name")?,
            },
            _ => Self::System,
        })
    }
}

/// A line that Seatline itself writes into a conversation. Clients put it into words in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// An agent took the seat; `after` says why the guest had to leave the seat before, if they had one.
    Seated {
        agent: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        after: Option<WaitReason>,
    },
    /// The guest is back in line.
    Waiting { reason: WaitReason },
    /// The conversation went to the missed queue.
    Missed { reason: MissedReason },
    /// The conversation is over.
    Closed { by: ClosedBy },
    /// Said by a later version of Seatline; only clients come to see it.
    #[schemars(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    Unknown,
}

impl<'de> Deserialize<'de> for Notice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(match heard.tag("notice")? {
            "seated" => Self::Seated {
                agent: heard.field("agent")?,
                after: heard.field("after")?,
            },
            "waiting" => Self::Waiting {
                reason: heard.field("reason")?,
            },
            "missed" => Self::Missed {
                reason: heard.field("reason")?,
            },
            "closed" => Self::Closed { by: heard.field("by")? },
            _ => Self::Unknown,
        })
    }
}

/// How an agent came to hold a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum SeatHow {
    /// Held the fewest conversations of those with a free seat; among equals, was given one longest ago.
    LeastBusy,
    /// Served this guest last, and the group sends guests back to whom they know.
    LastAgent,
    /// Took it out of the missed queue.
    Claimed,
    /// A supervisor handed it over; `over_limit` if that exceeded the agent's seats.
    Transferred { by: MemberId, over_limit: bool },
    /// Said by a later version of Seatline; only clients come to see it.
    #[schemars(skip)]
    Unknown,
}

impl SeatHow {
    fn heard<E: Error>(heard: &Tagged<E>) -> Result<Self, E> {
        Ok(match heard.tag("how")? {
            "least_busy" => Self::LeastBusy,
            "last_agent" => Self::LastAgent,
            "claimed" => Self::Claimed,
            "transferred" => Self::Transferred {
                by: heard.field("by")?,
                over_limit: heard.field("over_limit")?,
            },
            _ => Self::Unknown,
        })
    }
}

/// Why a conversation sits where it sits, as the record of decisions keeps it and the desk shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct SeatReason {
    #[serde(flatten)]
    pub how: SeatHow,
    /// Agents who were on duty for the conversation's group at that moment, overflow included if it was used.
    pub on_duty: u32,
    /// The seat belongs to the group that this one overflows to.
    pub overflow: bool,
    /// The conversation was seated before, and why it had to move.
    pub after: Option<WaitReason>,
}

impl<'de> Deserialize<'de> for SeatReason {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let heard = Tagged::hear(from)?;
        Ok(Self {
            how: SeatHow::heard(&heard)?,
            on_duty: heard.field("on_duty")?,
            overflow: heard.field("overflow")?,
            after: heard.field("after")?,
        })
    }
}
