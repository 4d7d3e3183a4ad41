//! The rules of dispatch as examples, one sentence each. What they leave open is settled by the property tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    unreachable_pub,
    reason = "a test says what is wrong by failing"
)]

mod absent;
mod agents;
mod arriving;
mod house;
mod leaving;
mod restarting;
mod seating;
mod waiting;
