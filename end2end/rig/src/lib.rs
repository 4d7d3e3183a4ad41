//! What the fault and the load runs are built on: a real Seatline, and clients that know nothing but the protocol.
//!
//! | module | what lives there |
//! |---|---|
//! | [`house`] | a server with its database, its administrator, its agents: the world of a run, built in a few lines |
//! | [`server`], [`usage`] | the process: started, stopped, killed; what it costs, by `/proc` |
//! | [`database`] | a SQLite file or a PostgreSQL database that is gone afterwards |
//! | [`caller`] | the HTTP API, as any program calls it |
//! | [`client`] with [`guest`] and [`desk`] | the two ends of a conversation, by docs/protocol.md: hello, resume, acknowledgements, sending again |
//! | [`record`] | what both ends keep, and take in alike: messages, acknowledgements, refusals |
//! | [`history`], [`sent`] | what a client has of a conversation, and whether it came in order; what it sent, and what became of it |
//! | [`socket`], [`raw`] | a WebSocket; and bytes that are none |
//! | [`proxy`] | a network between them that cuts, swallows, slows down and chops |
//! | [`dice`] | all chance, from one seed |
//!
//! Invariants: nothing of `hub`, `protocol` or the front ends is used, so that a mistake in them cannot hide itself; a
//! client never forgives: whatever the protocol does not allow is kept among its `violations`.

pub mod caller;
pub mod client;
pub mod database;
pub mod desk;
pub mod dice;
pub mod error;
pub mod guest;
pub mod history;
pub mod house;
pub mod proxy;
pub mod raw;
pub mod record;
pub mod sent;
pub mod server;
pub mod socket;
pub mod usage;
mod value;
mod violation;

pub use error::RigError;
pub use value::{number, text, uuid};
pub use violation::Violation;
