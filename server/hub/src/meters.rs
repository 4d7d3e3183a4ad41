//! What the hub counts, for whoever watches.
//!
//! How long things take is measured as they happen (a lock that only the hub's task and a scrape ever take). Lines and seats
//! are not kept up to date: the room is asked for them when somebody scrapes. Connections are counted where they are.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use room::Measures;
use tokio::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct GroupLabel {
    group: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DutyLabel {
    duty: &'static str,
}

/// Counters of the hub. Cheap to clone: clones count together.
#[derive(Clone, Debug)]
pub(crate) struct Meters {
    decide_seconds: Histogram,
    publish_seconds: Histogram,
    healthy: Gauge,
    room: RoomGauges,
}

/// Set at a scrape.
#[derive(Clone, Debug, Default)]
struct RoomGauges {
    line: Family<GroupLabel, Gauge>,
    longest_wait_seconds: Family<GroupLabel, Gauge>,
    missed: Family<GroupLabel, Gauge>,
    seated: Gauge,
    agents: Family<DutyLabel, Gauge>,
    seats: Gauge,
    seats_used: Gauge,
    seats_held: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        // 2 µs to 0.5 s.
        let decide_seconds = Histogram::new(exponential_buckets(2e-6, 2.0, 19));
        // 0.1 ms to 3.3 s.
        let publish_seconds = Histogram::new(exponential_buckets(1e-4, 2.0, 16));
        Self {
            decide_seconds,
            publish_seconds,
            healthy: Gauge::default(),
            room: RoomGauges::default(),
        }
    }
}

impl Meters {
    pub(crate) fn register(&self, registry: &mut Registry) {
        let help = "How long the hub took to decide what follows from one command";
        registry.register_with_unit("dispatch", help, Unit::Seconds, self.decide_seconds.clone());
        let help = "From a decision to telling everybody it concerns, its being stored in between";
        registry.register_with_unit("publish", help, Unit::Seconds, self.publish_seconds.clone());
        let help = "1 while guests and agents can be served";
        registry.register("healthy", help, self.healthy.clone());
        self.room.register(registry);
    }

    /// A command was decided upon, from `began` until the moment that comes back.
    pub(crate) fn decided(&self, began: Instant) -> Instant {
        let now = Instant::now();
        self.decide_seconds.observe(now.duration_since(began).as_secs_f64());
        now
    }

    /// What was decided at `decided` has now been told.
    pub(crate) fn published(&self, decided: Instant, now: Instant) {
        self.publish_seconds.observe(now.duration_since(decided).as_secs_f64());
    }

    /// What the room is like; `None` if nobody can say.
    pub(crate) fn set(&self, healthy: bool, measures: Option<Measures>) {
        self.healthy.set(i64::from(healthy));
        self.room.set(measures.unwrap_or_default());
    }
}

impl RoomGauges {
    fn register(&self, registry: &mut Registry) {
        let help = "Guests waiting in line, by member group";
        registry.register("line_length", help, self.line.clone());
        let help = "How long the guest has waited who waits longest, by member group";
        let wait = self.longest_wait_seconds.clone();
        registry.register_with_unit("line_longest_wait", help, Unit::Seconds, wait);
        let help = "Conversations in the missed queue, by member group";
        registry.register("missed", help, self.missed.clone());
        let help = "Conversations that sit with an agent";
        registry.register("seated", help, self.seated.clone());
        let help = "Agents, by duty";
        registry.register("agents", help, self.agents.clone());
        let help = "Seats of the agents on duty";
        registry.register("seats", help, self.seats.clone());
        let help = "Seats with a conversation in them";
        registry.register("seats_used", help, self.seats_used.clone());
        let help = "Seats with a conversation in them, held for an agent whose connection is lost";
        registry.register("seats_held", help, self.seats_held.clone());
    }

    fn set(&self, measures: Measures) {
        // A group that was renamed is told under its new name only.
        self.line.clear();
        self.longest_wait_seconds.clear();
        self.missed.clear();
        for group in measures.groups {
            let label = GroupLabel { group: group.name };
            self.line.get_or_create(&label).set(group.waiting);
            let wait = self.longest_wait_seconds.get_or_create_owned(&label);
            wait.set(group.longest_wait_ms / 1_000);
            self.missed.get_or_create(&label).set(group.missed);
        }
        for (duty, count) in ["on", "break", "off"].into_iter().zip(measures.agents) {
            self.agents.get_or_create(&DutyLabel { duty }).set(count);
        }
        self.seated.set(measures.seated);
        self.seats.set(measures.seats);
        self.seats_used.set(measures.seats_used);
        self.seats_held.set(measures.seats_held);
    }
}
