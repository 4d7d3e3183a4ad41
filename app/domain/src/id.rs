//! Identities as newtypes, so that a guest's id can never be handed in where a member's is meant.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// An id the database hands out: a positive 64-bit integer, below 2^53 in practice and so exact in JavaScript.
macro_rules! integer_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(#[cfg_attr(feature = "typescript", ts(type = "number"))] pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

/// An id made where the thing comes to be, before it is stored: a UUID.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(#[cfg_attr(feature = "typescript", ts(type = "string"))] pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

integer_id!(
    /// A person with an account here.
    MemberId
);
integer_id!(
    /// A member group: a team that guests are routed to.
    GroupId
);
integer_id!(
    /// An auth group: a set of rules.
    AuthGroupId
);
integer_id!(
    /// A site: one place the script is embedded.
    SiteId
);
uuid_id!(
    /// A visitor of a customer's web site (UUID version 7).
    GuestId
);
uuid_id!(
    /// One guest's talk from arrival to close (UUID version 7).
    ConversationId
);
uuid_id!(
    /// The id a client gives each message it sends; sending it twice stores one message.
    ClientMessageId
);

/// A message's place in its conversation: 1, 2, 3, … without gaps. `Seq(0)` means "none yet".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Seq(#[cfg_attr(feature = "typescript", ts(type = "number"))] pub i64);

impl Seq {
    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Counts the seatings of one conversation, so that a late frame cannot act on an older seating. Starts at 0 (never
/// seated); each seating adds one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Epoch(pub i32);

impl Epoch {
    /// The epoch of the next seating.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}
