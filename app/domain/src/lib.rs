//! The words of Seatline as types, shared by server, front ends, tests and generated clients.
//!
//! Invariant: pure values. No I/O, no clock, no randomness except the explicit `new()` of the UUID ids, no framework.

pub mod address;
pub mod conversation;
pub mod guest;
pub mod heard;
pub mod id;
pub mod live;
pub mod member;
pub mod message;
pub mod name;
pub mod placement;
pub mod rule;
pub mod text;
pub mod time;
pub mod write;

pub use conversation::{Author, ClosedBy, ConversationState, MissedReason, Notice, SeatHow, SeatReason, WaitReason};
pub use guest::PageView;
pub use id::{AuthGroupId, ClientMessageId, ConversationId, Epoch, GroupId, GuestId, MemberId, Seq, SiteId};
pub use member::Duty;
pub use message::{Body, Message};
pub use placement::{AgentSpec, GroupSpec, Place, Placement};
pub use rule::Rule;
pub use text::{MessageText, TextError};
pub use time::Timestamp;
