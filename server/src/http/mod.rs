//! HTTP: which address answers what.
//!
//! Invariant: no rules of the business. A handler here turns a request into a call and an answer into a response.

mod api;
mod assets;
mod check;
mod client;
mod cookie;
mod demo;
mod front_end;
mod health;
mod index;
mod language;
mod not_found;
mod origin;
mod page;
mod plain;
mod reach;
mod router;
mod security;
mod socket;
mod upgrade;
mod widget;

pub(crate) use check::{Address, Arrival};
pub use client::{Client, Forwarding};
pub use cookie::SessionCookie;
pub use origin::is_same_origin;
pub(crate) use reach::Reach;
pub use router::router;
