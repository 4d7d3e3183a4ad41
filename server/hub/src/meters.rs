//! What the hub counts, for whoever watches.
//!
//! What happens is counted as it happens: a handle to every counter is made once, and counting is an atomic addition (for
//! a histogram, a lock that only the hub's task and a scrape ever take). What is (lines, seats) is not kept up to date:
//! the room is asked for it when somebody scrapes.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use protocol::CloseCode;
use room::Measures;
use tokio::time::Instant;

/// Which of the three sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Guest,
    Desk,
    Live,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ErrorKind {
    /// A transaction was not stored, and everybody was sent away to come back.
    StoreWrite,
    /// The room could not be loaded after that.
    RoomLoad,
    /// A guest's visit was not recorded, because the chores are behind.
    VisitDropped,
}

impl Role {
    const fn label(self) -> RoleLabel {
        let role = match self {
            Self::Guest => "guest",
            Self::Desk => "desk",
            Self::Live => "live",
        };
        RoleLabel { role }
    }
}

impl ErrorKind {
    const fn label(self) -> KindLabel {
        let kind = match self {
            Self::StoreWrite => "store_write",
            Self::RoomLoad => "room_load",
            Self::VisitDropped => "visit_dropped",
        };
        KindLabel { kind }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RoleLabel {
    role: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabel {
    kind: &'static str,
}

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
    connections: Family<RoleLabel, Gauge>,
    opened: Family<RoleLabel, Counter>,
    resumes: Family<RoleLabel, Counter>,
    closed: Family<ReasonLabel, Counter>,
    outbox_overflows: Counter,
    errors: Family<KindLabel, Counter>,
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
        let meters = Self {
            connections: Family::default(),
            opened: Family::default(),
            resumes: Family::default(),
            closed: Family::default(),
            outbox_overflows: Counter::default(),
            errors: Family::default(),
            decide_seconds,
            publish_seconds,
            healthy: Gauge::default(),
            room: RoomGauges::default(),
        };
        meters.begin_at_zero();
        meters
    }
}

impl Meters {
    /// A rate can only be taken of what was there before the first event.
    fn begin_at_zero(&self) {
        for role in [Role::Guest, Role::Desk, Role::Live] {
            drop(self.connections.get_or_create(&role.label()));
            drop(self.opened.get_or_create(&role.label()));
        }
        for role in [Role::Guest, Role::Desk] {
            drop(self.resumes.get_or_create(&role.label()));
        }
        for code in CloseCode::ALL {
            let reason = code.reason();
            drop(self.closed.get_or_create(&ReasonLabel { reason }));
        }
        for kind in [ErrorKind::StoreWrite, ErrorKind::RoomLoad, ErrorKind::VisitDropped] {
            drop(self.errors.get_or_create(&kind.label()));
        }
    }

    pub(crate) fn register(&self, registry: &mut Registry) {
        let help = "Open sockets, by whose they are";
        registry.register("connections", help, self.connections.clone());
        let help = "Sockets opened";
        registry.register("connections_opened", help, self.opened.clone());
        let help = "Sockets that the server closed, by the reason its close frame gave";
        registry.register("connections_closed", help, self.closed.clone());
        let help = "Clients that came back and named the last message they have";
        registry.register("resumes", help, self.resumes.clone());
        let help = "Connections closed because they took in less than they were sent; they resume";
        registry.register("outbox_overflows", help, self.outbox_overflows.clone());
        let help = "What went wrong, by kind; the log has the cause";
        registry.register("errors", help, self.errors.clone());
        let help = "How long the hub took to decide what follows from one command";
        registry.register_with_unit("dispatch", help, Unit::Seconds, self.decide_seconds.clone());
        let help = "From a decision to telling everybody it concerns, its being stored in between";
        registry.register_with_unit("publish", help, Unit::Seconds, self.publish_seconds.clone());
        let help = "1 while guests and agents can be served";
        registry.register("healthy", help, self.healthy.clone());
        self.room.register(registry);
    }

    /// Counts a connection for as long as what comes back is held.
    pub(crate) fn connected(&self, role: Role) -> Connected {
        self.opened.get_or_create(&role.label()).inc();
        let open = self.connections.get_or_create_owned(&role.label());
        open.inc();
        Connected(open)
    }

    pub(crate) fn resumed(&self, role: Role) {
        self.resumes.get_or_create(&role.label()).inc();
    }

    pub(crate) fn closed(&self, code: CloseCode) {
        let reason = code.reason();
        self.closed.get_or_create(&ReasonLabel { reason }).inc();
    }

    pub(crate) fn outbox_overflowed(&self) {
        self.outbox_overflows.inc();
    }

    pub(crate) fn error(&self, kind: ErrorKind) {
        self.errors.get_or_create(&kind.label()).inc();
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

/// One open socket.
#[derive(Debug)]
pub(crate) struct Connected(Gauge);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.dec();
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
