//! What the writer counts, for whoever watches.
//!
//! A handle to every counter is made once; counting is an atomic addition, or for a histogram a lock that only the writer
//! and a scrape ever take.

use domain::{Author, ClosedBy, Message};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// Counters of the one who writes. Cheap to clone: clones count together.
#[derive(Clone, Debug)]
pub(crate) struct Meters {
    commit_seconds: Histogram,
    commit_writes: Histogram,
    failures: Counter,
    messages: Family<AuthorLabel, Counter>,
    from_guests: Counter,
    from_agents: Counter,
    from_seatline: Counter,
    left_silently: Counter,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AuthorLabel {
    author: &'static str,
}

impl Default for Meters {
    fn default() -> Self {
        let messages = Family::<AuthorLabel, Counter>::default();
        let from = |author| messages.get_or_create_owned(&AuthorLabel { author });
        Self {
            // 0.1 ms to 3.3 s.
            commit_seconds: Histogram::new(exponential_buckets(1e-4, 2.0, 16)),
            // 1 to 1024.
            commit_writes: Histogram::new(exponential_buckets(1.0, 2.0, 11)),
            failures: Counter::default(),
            from_guests: from("guest"),
            from_agents: from("agent"),
            from_seatline: from("system"),
            left_silently: Counter::default(),
            messages,
        }
    }
}

impl Meters {
    pub(crate) fn register(&self, registry: &mut Registry) {
        let help = "How long the database took to store one transaction of the hub's, its disk sync included";
        registry.register_with_unit("commit", help, Unit::Seconds, self.commit_seconds.clone());
        let help = "Changes stored together in one transaction";
        registry.register("commit_writes", help, self.commit_writes.clone());
        let help = "Transactions that could not be stored; every connection was told to come back";
        registry.register("commit_failures", help, self.failures.clone());
        let help = "Messages stored, by who wrote them";
        registry.register("messages_stored", help, self.messages.clone());
        let help = "Conversations closed by themselves: the guest left without a word and without a way to be reached";
        registry.register("left_silently", help, self.left_silently.clone());
    }

    /// So many writes were committed in that time, these messages among them.
    #[expect(clippy::cast_precision_loss, reason = "a transaction has far fewer than 2^52 writes")]
    pub(crate) fn committed(&self, writes: usize, messages: &[Message], took: Duration) {
        self.commit_seconds.observe(took.as_secs_f64());
        self.commit_writes.observe(writes as f64);
        for message in messages {
            match message.from {
                Author::Guest => self.from_guests.inc(),
                Author::Agent { .. } => self.from_agents.inc(),
                Author::System => self.from_seatline.inc(),
            };
        }
    }

    /// Conversations were closed for these reasons.
    pub(crate) fn closed(&self, reasons: &[ClosedBy]) {
        for reason in reasons {
            if *reason == ClosedBy::NothingSaid {
                self.left_silently.inc();
            }
        }
    }

    pub(crate) fn failed(&self) {
        self.failures.inc();
    }
}
