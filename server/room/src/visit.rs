//! What the hub hands to the chores: raw facts about a guest's visit, to be worked up off the hot path.

use domain::guest::{Environment, PageView};
use domain::{GuestId, Timestamp};
use std::net::IpAddr;

/// Whether a visit begins or goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitKind {
    /// The guest's first connection: a visit begins.
    New,
    /// The guest went to another page.
    Page,
}

/// One fact about a guest's visit.
#[derive(Clone, Debug)]
pub struct Visit {
    pub kind: VisitKind,
    pub guest: GuestId,
    pub at: Timestamp,
    pub page: PageView,
    pub environment: Environment,
    /// As the browser sent it; empty if it sent none.
    pub user_agent: String,
    /// The guest's own address, proxies taken off.
    pub address: Option<IpAddr>,
}
