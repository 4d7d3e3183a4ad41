//! The hub: owns the room, and has everything stored before anybody is told.
//!
//! ```text
//! connections ─▶ Request ─▶ Room ─▶ Batch ─▶ writer ─▶ effects ─▶ Registry ─▶ connections
//! ```
//!
//! - [`core`] is the one task that owns a [`room::Room`]; it takes requests, hands batches to the store's writer, and has
//!   their effects carried out once they are committed. Persist, then publish.
//! - [`handle`] is what the rest of the server holds; behind it the way to the task is a channel.
//! - [`recalls`] reads, beside the task, what the room asks for.

mod core;
mod handle;
mod meters;
mod recalls;

pub use handle::{Hub, HubSettings};
