//! Why a socket was closed, as a WebSocket close code of the private range.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! close_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $reason:literal, $retry:literal;)+) => {
        /// A typed close code. `retry` says whether a client should connect again by itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum CloseCode {
            $($(#[$doc])* $variant,)+
        }

        impl CloseCode {
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The number on the wire.
            pub const fn code(self) -> u16 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The reason text on the wire.
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$variant => $reason,)+ }
            }

            /// Whether a client should connect again, with backoff and jitter.
            pub const fn retry(self) -> bool {
                match self { $(Self::$variant => $retry,)+ }
            }

            pub fn from_code(code: u16) -> Option<Self> {
                Self::ALL.iter().copied().find(|close| close.code() == code)
            }
        }
    };
}

close_codes! {
    /// Not a frame of this protocol: bad JSON, unknown type, binary, a frame before `hello`.
    Malformed = 4400, "malformed frame", false;
    /// The session or guest token is not, or no longer, good.
    Unauthorized = 4401, "not signed in", false;
    /// The member lacks the rule for this endpoint.
    Forbidden = 4403, "not allowed", false;
    /// No `hello` in time, or silence for too long.
    Silent = 4408, "no sign of life", true;
    /// A frame over the size limit.
    TooLarge = 4413, "frame too large", false;
    /// Too many new guests have come from this address lately. Connect again, but not within the next minute.
    TooManyGuests = 4420, "too many new guests", true;
    /// The client speaks another version of the protocol.
    UnsupportedProtocol = 4426, "unsupported protocol version", false;
    /// More frames than the rate limit allows.
    Flood = 4429, "too many frames", true;
    /// The server could not store something; nothing unacknowledged is certain. Connect again and resume.
    TryAgain = 4500, "try again", true;
    /// The server is shutting down. Connect again and resume.
    Restarting = 4503, "restarting", true;
    /// The client did not read as fast as there was something to say. Connect again and resume.
    TooSlow = 4508, "connection too slow", true;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_private_use_and_unique() {
        for (index, close) in CloseCode::ALL.iter().enumerate() {
            assert!((4000..5000).contains(&close.code()));
            assert_eq!(CloseCode::from_code(close.code()), Some(*close));
            assert!(
                CloseCode::ALL
                    .iter()
                    .skip(index + 1)
                    .all(|other| other.code() != close.code())
            );
        }
    }
}
