//! The server: puts store, hub, HTTP, people and chores together.
//!
//! - [`cli`] is what a person types, [`config`] what can be set.
//! - [`serve`] is the server as a function of (settings, clock, listener, shutdown), so that tests bind port 0.
//! - [`http`] turns requests into calls, [`services`] implements what the server functions call, [`people`] knows
//!   passwords and sessions, [`chores`] does what may be late.
//! - `metrics` is what Prometheus reads.
//! - [`clock`] and [`random`] are the only places that read the machine's clock and its randomness.
//!
//! Invariant: no SQL (`store`), no dispatch (`dispatch`), no frames (`hub`).

pub mod chores;
pub mod cli;
pub mod clock;
pub mod config;
mod connections;
mod descriptors;
pub mod http;
mod linger;
mod log;
mod metrics;
pub mod people;
pub mod random;
pub mod serve;
pub mod services;
pub mod start;
pub mod state;
