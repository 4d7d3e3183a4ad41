//! The hub: owns connections, feeds dispatch, has everything stored before anybody is told.
//!
//! ```text
//! socket ─▶ connection ─▶ Command ─▶ Room (dispatch + talks) ─▶ Batch{writes, effects} ─▶ writer ─▶ effects ─▶ registry ─▶ outboxes
//! ```
//!
//! - [`core`] is the one task that owns a [`room::Room`]; it reads commands, hands batches to the store's writer, and
//!   carries out their effects once they are committed. Persist, then publish.
//! - [`room`], a crate of its own, is synchronous: a command in, writes and effects out, all of them plain values.
//! - [`registry`] has the outboxes: it answers who asked, and serialises and queues what is published.
//! - [`connection`] is the only place that knows WebSocket frames: one task for each socket.
//!
//! Invariants: no lock is held across an `.await`; every queue is bounded; what a client is told is in the store.

mod clock;
mod connection;
mod core;
mod form;
mod handle;
mod limits;
mod message_trace;
mod meters;
mod outbox;
mod recalls;
mod registry;
mod request;

pub use clock::Clock;
pub use connection::{DeskVisitor, GuestVisitor, bounded};
pub use form::{FormAnswer, FormError, FormPost};
pub use handle::{Hub, HubSettings};
pub use limits::Limits;
pub use room::{Visit, VisitKind};
