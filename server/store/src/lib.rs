//! Seatline's database, on SQLite or PostgreSQL, and the only place with SQL.
//!
//! - [`Store`] is a cheap handle; its functions lie in one file per subject, beside their queries and rows.
//! - [`Writer`] stores what the hub decides: [`write::Write`]s in order, many batches in one transaction.
//! - [`ServeLock`] keeps a second server away from the same database.
//!
//! Each query is written once and runs on both engines (`src/db.rs` says how); only the migrations differ, and only in the
//! types of keys. Text from outside goes through `src/encode.rs` on its way in and out.
//!
//! Invariant: no clock and no randomness (both are handed in), no policy: what may be done and what a good password is
//! are decided by the callers. A rule that can be a constraint of the database is one.

mod access;
mod auth;
pub mod backup;
mod checkpoint;
mod config;
mod conversation;
mod db;
mod dispatch;
mod encode;
mod error;
pub mod examine;
mod files;
mod guest;
mod initialise;
mod lock;
mod loss;
mod member;
mod member_group;
mod message;
mod meters;
mod open;
mod postgres;
mod reasons;
mod remnant;
mod rescue;
mod seating;
mod session;
mod site;
mod talk;
mod throttle;
mod visit;
mod word;
pub use domain::write;
mod writer;

pub use access::{is_there, why_refused};
pub use conversation::ConversationSummary;
pub use db::Store;
pub use dispatch::DispatchRows;
pub use error::{Field, StoreError};
pub use guest::GuestRow;
pub use initialise::Initialised;
pub use lock::ServeLock;
pub use loss::Loss;
pub use member::{Credentials, MemberUpdate, NewMember};
pub use member_group::{GroupUpdate, GroupUpdated};
pub use open::StoreConfig;
pub use remnant::begin_anew;
pub use seating::SeatingRecord;
pub use session::{NewSession, Session};
pub use site::{Site, SiteUpdate};
pub use throttle::Throttle;
pub use writer::{Committed, Refused, WhyRefused, Writer};
