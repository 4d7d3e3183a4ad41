//! Who a guest is, for whichever door they come by: a socket, a form, and whatever else is asked for over HTTP.
//!
//! - [`token`] signs and reads the token that a page keeps.
//! - [`new_guests`] bounds how many new guests an address may bring.

mod new_guests;
mod rate;
mod token;

pub use rate::Bucket;
pub use token::LIFETIME_MS;

use domain::{GuestId, SiteId, Timestamp};
use new_guests::NewGuests;
use std::net::IpAddr;
use std::sync::Arc;
use store::{GuestRow, Store, StoreError};
use token::TokenKey;
use tokio::time::Instant;
use uuid::Uuid;

/// Knows guests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Guests(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    key: TokenKey,
    new: NewGuests,
}

impl Guests {
    /// `secret` signs the tokens: the same after every start, or returning guests are strangers. One address may bring so
    /// many new guests at once, and so many a minute after that; 0 for as many as come.
    pub fn new(store: Store, secret: [u8; 32], new_per_minute: u32) -> Self {
        Self(Arc::new(Inner {
            store,
            key: TokenKey::new(secret),
            new: NewGuests::new(new_per_minute),
        }))
    }

    /// A token for a guest of a site, good for [`LIFETIME_MS`] from now on.
    pub fn sign(&self, guest: GuestId, site: SiteId, now: Timestamp) -> String {
        self.0.key.sign(guest, site, now)
    }

    /// Whom a token names, if it is one of ours and good for that site now. The database need not know them.
    pub fn named(&self, token: &str, site: SiteId, now: Timestamp) -> Option<GuestId> {
        self.0.key.verify(token, site, now)
    }

    /// Whom a token names, as the database knows them; nobody if it is missing, no good, or from another database.
    ///
    /// # Errors
    /// The store could not be read.
    pub async fn known(
        &self,
        token: Option<&str>,
        site: SiteId,
        now: Timestamp,
    ) -> Result<Option<GuestRow>, StoreError> {
        let Some(guest) = token.and_then(|token| self.named(token, site, now)) else {
            return Ok(None);
        };
        let row = self.0.store.guest(guest).await?;
        Ok(row.filter(|row| row.site == site))
    }

    /// Whether one more may come from there who costs the database something: a new guest, or a form. One who is turned away
    /// does not count.
    pub fn admits(&self, address: Option<IpAddr>) -> bool {
        self.0.new.admit(address, Instant::now())
    }

    /// An id for somebody new.
    pub fn new_id() -> GuestId {
        GuestId(Uuid::now_v7())
    }
}
