//! Who sits where. A pure state machine: events in, decisions out, time handed in.
//!
//! Invariant: no I/O, no `async`, no clock, no randomness, no knowledge of connections, frames or tables. The same code
//! runs in the hub, in the property tests and in any simulator.
//!
//! # How it works
//!
//! [`Dispatcher::handle`] takes one [`Event`] and the time, and goes through the same four steps each time:
//!
//! 1. timers that are due fire, those of one deadline together, the earliest deadline first;
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
mod timer;
mod timers_due;
mod view;

pub use decision::Decision;
pub use dispatcher::Dispatcher;
pub use event::{Event, Refusal};
pub use settings::Settings;
pub use view::AgentView;
