//! Who is connected: each connection and whose it is, the guests with a page open, and the members with a desk open.

use crate::command::ConnectionId;
use crate::guest::PresentGuest;
use domain::{GuestId, MemberId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

#[derive(Debug, Default)]
pub(crate) struct Presence {
    connections: HashMap<ConnectionId, Who>,
    /// Guests with at least one connection.
    guests: HashMap<GuestId, PresentGuest>,
    /// How many desks each member has open.
    desks: HashMap<MemberId, u32>,
}

/// Whose connection it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    Guest(GuestId),
    Desk { member: MemberId, may_transfer: bool },
    Live,
}

impl Presence {
    pub(crate) fn connect(&mut self, connection: ConnectionId, who: Who) {
        self.connections.insert(connection, who);
    }

    pub(crate) fn disconnect(&mut self, connection: ConnectionId) -> Option<Who> {
        self.connections.remove(&connection)
    }

    pub(crate) fn who(&self, connection: ConnectionId) -> Option<Who> {
        self.connections.get(&connection).copied()
    }

    /// Somebody looks at the live page.
    pub(crate) fn is_watched(&self) -> bool {
        self.connections.values().any(|who| matches!(who, Who::Live))
    }

    pub(crate) fn guest(&self, guest: GuestId) -> Option<&PresentGuest> {
        self.guests.get(&guest)
    }

    pub(crate) fn guest_mut(&mut self, guest: GuestId) -> Option<&mut PresentGuest> {
        self.guests.get_mut(&guest)
    }

    pub(crate) fn guest_entry(&mut self, guest: GuestId) -> Entry<'_, GuestId, PresentGuest> {
        self.guests.entry(guest)
    }

    pub(crate) fn has_guest(&self, guest: GuestId) -> bool {
        self.guests.contains_key(&guest)
    }

    pub(crate) fn guests(&self) -> impl Iterator<Item = (GuestId, &PresentGuest)> {
        self.guests.iter().map(|(id, present)| (*id, present))
    }

    /// The guest's last connection is gone.
    pub(crate) fn forget_guest(&mut self, guest: GuestId) {
        self.guests.remove(&guest);
    }

    /// One more desk of the member. True if it is the first.
    pub(crate) fn open_desk(&mut self, member: MemberId) -> bool {
        let desks = self.desks.entry(member).or_default();
        *desks = desks.saturating_add(1);
        *desks == 1
    }

    /// One less. True if it was the last.
    pub(crate) fn close_desk(&mut self, member: MemberId) -> bool {
        let Some(desks) = self.desks.get_mut(&member) else {
            return false;
        };
        *desks = desks.saturating_sub(1);
        let is_last = *desks == 0;
        if is_last {
            self.desks.remove(&member);
        }
        is_last
    }

    pub(crate) fn has_desk(&self, member: MemberId) -> bool {
        self.desks.contains_key(&member)
    }

    /// The members with a desk open.
    pub(crate) fn desks(&self) -> impl Iterator<Item = MemberId> {
        self.desks.keys().copied()
    }
}
