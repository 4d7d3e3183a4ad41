//! Dispatch under arbitrary sequences of events. After each event
//!
//! - the implementation's own books must balance (`check_invariants`),
//! - each of the eight rules must hold, seen from outside (`rules`),
//! - a slow and obvious model must agree on every placement, refusal, decision, position, estimate and deadline
//!   (`model`, `world`),
//! - and what a store would have kept from the decisions alone must be the whole truth (`world`), since the dispatcher is
//!   rebuilt from it in mid-sequence.
//!
//! `SEATLINE_SEQUENCES` sets how many sequences are tried in all (10,000 by default, of 200 events each). A failure says
//! the seed; `SEATLINE_SEED` set to it tries the same sequences again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a test says what is wrong by failing"
)]

mod coverage;
mod model;
mod ops;
mod rules;
mod runner;
mod world;

use ops::Flavour;

const FLAVOURS: u32 = 4;

#[test]
fn the_rules_hold_on_an_ordinary_day() {
    runner::run(Flavour::Ordinary);
}

#[test]
fn the_rules_hold_in_a_rush() {
    runner::run(Flavour::Rush);
}

#[test]
fn the_rules_hold_while_connections_drop() {
    runner::run(Flavour::Storm);
}

#[test]
fn the_rules_hold_while_everything_is_reorganised_and_restarted() {
    runner::run(Flavour::Upheaval);
}
