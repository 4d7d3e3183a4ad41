//! Connections: sockets, and what guests ask over HTTP where no socket gets through.
//!
//! ```text
//! socket ─▶ endpoint ─▶ Request{command, answer} ─▶ Bus ─▶ whoever owns the room
//! socket ◀─ endpoint ◀─ outbox ◀────────────── Registry ◀─ effects, once they are stored
//! ```
//!
//! - [`endpoint`] is one task for each socket; [`guest`], [`desk`] and [`live`] are what differs between them. The only place
//!   that knows WebSocket frames.
//! - [`form`] is what guests say and ask over HTTP.
//! - [`gateway`] is what they share; it hands requests to the [`bus`].
//! - [`registry`] has the outboxes: it answers who asked, and serialises and queues what is published.
//!
//! Invariants: no lock is held across an `.await`; every queue is bounded; nobody waits for a slow reader.

mod bus;
mod clock;
mod desk;
mod endpoint;
mod follow;
mod form;
mod gateway;
mod guest;
mod limits;
mod live;
mod message_trace;
mod meters;
mod outbox;
mod registry;
mod request;
mod session;
mod wire;

pub use bus::Bus;
pub use clock::Clock;
pub use endpoint::bounded;
pub use form::{FormAnswer, FormError, FormPost};
pub use gateway::{Gateway, Parts};
pub use guest::GuestVisitor;
pub use limits::Limits;
pub use meters::{ErrorKind, Meters};
pub use registry::Registry;
pub use request::{Answer, Request};
pub use session::DeskVisitor;

use guest::{answer_again, closed_view};
