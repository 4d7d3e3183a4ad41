//! What the server and the front ends share.
//!
//! Invariant: no SQL and no sockets. The server's side of the server functions is compiled under the `ssr` feature only,
//! the front ends' side under `csr`; never both.

pub mod api;
#[cfg(feature = "csr")]
pub mod i18n;
#[cfg(feature = "csr")]
pub mod ui;

pub use domain;
