//! The HTTP API: server functions under `/api/v1/<resource>/<verb>`, JSON in, JSON out, one error shape.
//!
//! One file per resource, with the types it adds to those of `domain`. A server function is short: who is asking → check
//! the input → call the service handed in by context → answer. Who may call it is not its business: every file declares
//! that beside its functions, in `endpoints()`, and the server enforces it before it decodes a body.
//!
//! Invariant: no SQL, no HTTP. Cookies, headers and status codes belong to the server.

pub mod auth_group;
pub mod check;
pub mod conversation;
pub mod error;
pub mod guest;
pub mod json;
pub mod member;
pub mod member_group;
pub mod origin;
pub mod session;
pub mod site;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod service;

pub use error::{ApiError, ErrorCode, FieldProblem};
