//! What may be late. The hub never waits for it.

mod profile;
mod tidy;

pub use profile::{Profile, QUEUE};
pub use tidy::tidy;
