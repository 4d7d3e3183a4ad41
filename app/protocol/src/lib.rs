//! The WebSocket protocol: JSON text frames, one closed enum per direction and endpoint.
//!
//! | endpoint | client sends | server sends |
//! |---|---|---|
//! | `/ws/guest?site=KEY` | [`guest::GuestFrame`] | [`guest::GuestEvent`] |
//! | `/ws/desk` | [`desk::DeskFrame`] | [`desk::DeskEvent`] |
//! | `/ws/live` | [`live::LiveFrame`] | [`live::LiveEvent`] |
//!
//! The first frame of a client is its `hello`, which names the protocol version. `docs/protocol.md` tells it in prose.
//!
//! Invariant: types only. Knows nothing of sockets, of storage or of Leptos.

pub mod close;
pub mod desk;
pub mod guest;
pub mod limits;
pub mod live;
pub mod rejected;

pub use close::CloseCode;
pub use domain::message::{Body, Message};
pub use rejected::{RejectCode, Rejected};

/// The version this code speaks. A `hello` with another one is answered with [`CloseCode::UnsupportedProtocol`].
pub const PROTOCOL: u32 = 1;
