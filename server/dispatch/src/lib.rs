//! Who sits where. A pure state machine: events in, decisions out, time handed in.
//!
//! Invariant: no I/O, no `async`, no clock, no randomness, no knowledge of connections, frames or tables. The same code
//! runs in the hub, in the property tests and in any simulator.

mod decision;
mod event;
mod settings;

pub use decision::Decision;
pub use event::{Event, Refusal};
pub use settings::Settings;
