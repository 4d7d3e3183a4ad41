//! The way to whoever owns the room.

use crate::request::Request;
use futures_util::future::BoxFuture;
use std::fmt::Debug;

/// Hands over what connections want of the room. What follows from it comes back as effects, which the [`crate::Registry`]
/// carries out.
pub trait Bus: Debug + Send + Sync {
    /// Hands over a request; waits while too many are on their way. After a drain there is nobody to take it, and nothing
    /// left to do.
    fn send(&self, request: Request) -> BoxFuture<'_, ()>;

    /// Resolves once nobody takes requests any more.
    fn closed(&self) -> BoxFuture<'_, ()>;
}
