//! Who sits where. A pure state machine: events in, decisions out, time handed in.
//!
//! Invariant: no I/O, no `async`, no clock, no randomness, no knowledge of connections, frames or tables. The same code
//! runs in the hub, in the property tests and in any simulator.
//!
//! # The rules
//!
//! Each is held by a property test (`tests/properties/rules`).
//!
//! 1. No seat holds two conversations; no agent holds more conversations than they have seats, but for a supervisor's forced
//!    transfer, which is recorded as one.
//! 2. Nobody who is there waits while an eligible seat is free.
//! 3. Within a member group and priority, first come first seated. A position counts only who is really ahead.
//! 4. No guest disappears: each conversation is in exactly one place, and every change is told.
//! 5. When an agent's connection drops, their seats are held for a grace period; then their guests go to a colleague's seat
//!    or to the front of the line, told why. When the last agent goes off duty, those who wait are told, and missed after a
//!    grace period. Nobody is missed for want of staff while an agent on duty is connected, even one who counts as away.
//! 6. An offered seat that nobody takes up in time bounces to the next agent, is counted, and its agent counts as away:
//!    they are offered no other until they do anything at all.
//! 7. Every decision is recorded with its reason.
//! 8. Each seating has an epoch, and nothing acts on an older one.
//! 9. A guest who is not there takes no seat from those who are. One who has been gone for longer than the next page of a
//!    shop takes to load is *away*: passed over in line, and back in line if offered a seat that nobody has taken up, which
//!    is held against no agent. Once back, they have the place that their ticket gives them. A seat that an agent has taken
//!    up, or that a person chose, is kept; nobody is asked to take up a guest who is away.
//! 10. What nobody can do anything about is no work: a missed conversation whose guest is gone, without a word and without a
//!     way to be reached, is closed when the owner says so.
//! 11. Time in which the server stood still does not count: after it everybody's patience begins anew, as after a restart.
//!
//! # How it works
//!
//! [`Dispatcher::handle`] takes one [`Event`] and the time, and goes through the same four steps each time:
//!
//! 1. timers that are due fire, those of one deadline together, the earliest deadline first (a stall moves them before);
//! 2. the event is applied, or refused without a trace;
//! 3. *settling*: free seats are given to those waiting until nobody waits who could be seated (also between the
//!    deadlines of step 1), and groups that lost or regained their last agent are noticed;
//! 4. what changed comes out as [`Decision`]s, at most one `Placed` for each conversation.
//!
//! | module | what lives there |
//! |---|---|
//! | `dispatcher` | the state, and the four steps |
//! | `guests`, `agents`, `seats`, `timers_due` | one function for each event or timer: who may, and what follows |
//! | `place` | the one way a conversation changes its place |
//! | `settle` | who is seated next, and with whom |
//! | `roster` | agents and member groups, and what is derived from them: free seats, staffing |
//! | `conversations`, `line`, `timer`, `estimate`, `changes` | small parts that know nothing of each other |
//! | `stall` | what the server missed while it stood still |
//! | `restore`, `invariants`, `view` | rebuilding from the store, checking, looking |
//!
//! Everything that could be computed by scanning is kept up to date instead, so that an event costs the same with ten
//! or a hundred thousand people in line; [`Dispatcher::check_invariants`] scans and compares.

mod agent;
mod agents;
mod changes;
mod conversation;
mod conversations;
mod decision;
mod dispatcher;
mod estimate;
mod event;
mod group;
mod guests;
mod invariants;
mod line;
mod place;
mod restore;
mod roster;
mod seats;
mod settings;
mod settle;
mod stall;
mod timer;
mod timers_due;
mod view;

pub use decision::Decision;
pub use dispatcher::Dispatcher;
pub use event::{Event, Refusal};
pub use settings::Settings;
pub use view::AgentView;
