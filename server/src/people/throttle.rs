//! Slows down guessing of passwords, without letting anybody lock somebody else out.
//!
//! Failures are counted under three names, each with its own patience:
//!
//! - this account from this address: what a person who has forgotten theirs runs into;
//! - this address, whatever the account: one machine trying many;
//! - this account, whatever the address: many machines trying one.
//!
//! Who has logged in lately from where they are is spared the last two, so that neither colleagues behind the same address
//! nor machines elsewhere can keep them out. Where an address is known to be a proxy's, with everybody behind it, waits are
//! short: they slow all of them down.
//!
//! Beyond its patience each failure doubles the wait, up to a few minutes. While one waits, attempts are refused unseen
//! and do not count.

use super::Attempt;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::address::customer_of;
use moka::future::Cache;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use std::time::Duration;
use store::{Store, StoreError};

/// Failures are forgotten this long after the last one.
const FORGET_AFTER_MS: i64 = 60 * 60 * 1_000;

/// How long an address is remembered from which somebody has logged in.
const REMEMBERED: Duration = Duration::from_hours(30 * 24);

/// Accounts at their addresses remembered at most.
const REMEMBERED_MAX: u64 = 100_000;

/// How many failures are free, and how long the wait can become.
#[derive(Clone, Copy, Debug)]
struct Patience {
    free: i64,
    wait_ms_max: i64,
}

const PAIR: Patience = Patience {
    free: 5,
    wait_ms_max: 300_000,
};
const ADDRESS: Patience = Patience {
    free: 20,
    wait_ms_max: 300_000,
};
const ACCOUNT: Patience = Patience {
    free: 50,
    wait_ms_max: 60_000,
};

/// The same for an address that many share.
const SHARED_PAIR: Patience = Patience {
    wait_ms_max: ACCOUNT.wait_ms_max,
    ..PAIR
};
const SHARED_ADDRESS: Patience = Patience {
    wait_ms_max: 5_000,
    ..ADDRESS
};

impl Patience {
    /// How long to wait after that many failures.
    fn wait_ms(self, failures: i64) -> i64 {
        let over = failures.saturating_sub(self.free);
        if over <= 0 {
            return 0;
        }
        let doublings = over.saturating_sub(1).min(20);
        (1_000_i64 << doublings).min(self.wait_ms_max)
    }
}

/// The counters, in the store; and the addresses people are known at, in memory: after a restart everyone is a stranger
/// once, which costs the owner of an account under attack a minute at worst.
#[derive(Clone, Debug)]
pub(super) struct Throttling {
    store: Store,
    known: Cache<String, ()>,
}

impl Throttling {
    pub(super) fn new(store: Store) -> Self {
        let known = Cache::builder()
            .max_capacity(REMEMBERED_MAX)
            .time_to_live(REMEMBERED)
            .build();
        Self { store, known }
    }

    /// How long this attempt has to wait, in milliseconds; 0 if it may go on.
    pub(super) async fn wait_ms(&self, attempt: Attempt<'_>, now: Timestamp) -> Result<i64, StoreError> {
        let pair = pair_key(attempt);
        let known = self.known.contains_key(&pair);
        let mut wait_ms = 0;
        for (key, patience) in counters(attempt) {
            if known && key != pair {
                continue;
            }
            if let Some(counter) = self.store.throttle(&key).await? {
                // A clock that was set back must not make the wait any longer than it can be.
                let left_ms = counter.blocked_until.ms_since(now).min(patience.wait_ms_max);
                wait_ms = wait_ms.max(left_ms);
            }
        }
        Ok(wait_ms)
    }

    /// Counts a failure.
    pub(super) async fn failed(&self, attempt: Attempt<'_>, now: Timestamp) -> Result<(), StoreError> {
        for (key, patience) in counters(attempt) {
            let counter = self
                .store
                .throttle_fail(&key, now, now.plus_ms(-FORGET_AFTER_MS))
                .await?;
            let wait_ms = patience.wait_ms(counter.failures);
            if wait_ms > 0 {
                self.store.throttle_block(&key, now.plus_ms(wait_ms)).await?;
            }
        }
        Ok(())
    }

    /// The owner has logged in. What the address has tried with other accounts is not forgiven.
    pub(super) async fn succeeded(&self, attempt: Attempt<'_>) -> Result<(), StoreError> {
        let pair = pair_key(attempt);
        self.known.insert(pair.clone(), ()).await;
        self.store.throttle_clear(&pair).await?;
        self.store.throttle_clear(&account_key(attempt)).await
    }

    /// Removes counters that no longer count. How many there were.
    pub(super) async fn tidy(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.store.throttle_purge(now.plus_ms(-FORGET_AFTER_MS)).await
    }
}

fn counters(attempt: Attempt<'_>) -> [(String, Patience); 3] {
    let (pair, address) = if attempt.from.is_shared {
        (SHARED_PAIR, SHARED_ADDRESS)
    } else {
        (PAIR, ADDRESS)
    };
    [
        (pair_key(attempt), pair),
        (format!("address {}", network(attempt.from.address)), address),
        (account_key(attempt), ACCOUNT),
    ]
}

fn pair_key(attempt: Attempt<'_>) -> String {
    format!("{} at {}", account_key(attempt), network(attempt.from.address))
}

/// Hashed, because people type their passwords into the wrong field, and because what they type has any length.
fn account_key(attempt: Attempt<'_>) -> String {
    format!(
        "account {}",
        URL_SAFE_NO_PAD.encode(Sha256::digest(attempt.login.to_lowercase()))
    )
}

fn network(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "unknown".to_owned(), |address| customer_of(address).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Source;

    #[test]
    fn the_wait_doubles_after_the_free_failures_up_to_its_limit() {
        let waits: Vec<i64> = (4..=8).map(|failures| PAIR.wait_ms(failures)).collect();
        assert_eq!(waits, [0, 0, 1_000, 2_000, 4_000]);
        assert_eq!(PAIR.wait_ms(i64::MAX), 300_000);
    }

    #[test]
    fn case_does_not_make_another_account_nor_host_bits_another_address() {
        let attempt = |login, address: &str| Attempt {
            login,
            from: Source {
                address: address.parse().ok(),
                is_shared: false,
            },
        };
        let one = pair_key(attempt("Anna", "2001:db8::1"));
        assert_eq!(one, pair_key(attempt("anna", "2001:db8::ffff")));
        assert_ne!(one, pair_key(attempt("anna", "2001:db8:0:1::1")));
        assert_eq!(
            pair_key(attempt("anna", "::ffff:192.0.2.1")),
            pair_key(attempt("anna", "192.0.2.1"))
        );
    }
}
