//! How many new guests an address may bring: each one is a row of the database that anybody can make.

use crate::rate::Bucket;
use domain::address::customer_of;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Addresses remembered before those are forgotten that may bring as many as ever.
const REMEMBERED: usize = 10_000;

/// How often it is logged that guests are turned away.
const WARN_EVERY: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(crate) struct NewGuests {
    /// 0: as many as come.
    per_minute: u32,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    buckets: HashMap<IpAddr, Bucket>,
    warned: Option<Instant>,
}

impl NewGuests {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self {
            per_minute,
            counted: Mutex::default(),
        }
    }

    /// Whether one more may come from there. Who is turned away does not count.
    pub(crate) fn admit(&self, address: Option<IpAddr>, now: Instant) -> bool {
        let Some(address) = address.filter(|_| self.per_minute > 0).map(customer_of) else {
            return true;
        };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.buckets.len() >= REMEMBERED {
            counted.buckets.retain(|_, bucket| !bucket.is_full(now));
        }
        let fresh = || Bucket::new(self.per_minute, f64::from(self.per_minute) / 60.0, now);
        let admitted = counted.buckets.entry(address).or_insert_with(fresh).take(now);
        if !admitted && counted.warned.is_none_or(|at| now.duration_since(at) >= WARN_EVERY) {
            counted.warned = Some(now);
            tracing::warn!(
                %address,
                "new guests are turned away: more than {} a minute from one address; if it is a proxy's, trust it",
                self.per_minute
            );
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn v6(network: u16, host: u16) -> IpAddr {
        Ipv6Addr::new(0x2001, 0xdb8, 0, network, 0, 0, 0, host).into()
    }

    #[test]
    fn each_customer_of_a_provider_may_bring_so_many_a_minute() {
        let (new, start) = (NewGuests::new(3), Instant::now());
        let admitted = (0..5).filter(|host| new.admit(Some(v6(1, *host)), start)).count();
        assert_eq!(admitted, 3);
        assert!(new.admit(Some(v6(2, 0)), start), "the neighbour is another");
        assert!(!new.admit(Some(v6(1, 0)), start + Duration::from_secs(19)));
        assert!(new.admit(Some(v6(1, 0)), start + Duration::from_secs(20)));
    }

    #[test]
    fn none_is_turned_away_without_a_limit() {
        let new = NewGuests::new(0);
        assert!((0..1_000).all(|_| new.admit(Some(v6(1, 1)), Instant::now())));
    }

    #[test]
    fn addresses_that_brought_few_are_forgotten() {
        let (new, start) = (NewGuests::new(60), Instant::now());
        for number in 0..25_000_u32 {
            let address = Ipv4Addr::from_bits(number);
            new.admit(Some(address.into()), start + Duration::from_millis(u64::from(number)));
        }
        let counted = new.counted.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(counted.buckets.len() <= REMEMBERED, "{}", counted.buckets.len());
    }
}
