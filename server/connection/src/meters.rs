//! What is counted of connections, and of whatever goes wrong.
//!
//! A handle to every counter is made once, and counting is an atomic addition.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use protocol::CloseCode;

/// Which of the three sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Guest,
    Desk,
    Live,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
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

/// Counters of connections. Cheap to clone: clones count together.
#[derive(Clone, Debug)]
pub struct Meters {
    connections: Family<RoleLabel, Gauge>,
    opened: Family<RoleLabel, Counter>,
    resumes: Family<RoleLabel, Counter>,
    closed: Family<ReasonLabel, Counter>,
    outbox_overflows: Counter,
    errors: Family<KindLabel, Counter>,
}

impl Default for Meters {
    fn default() -> Self {
        let meters = Self {
            connections: Family::default(),
            opened: Family::default(),
            resumes: Family::default(),
            closed: Family::default(),
            outbox_overflows: Counter::default(),
            errors: Family::default(),
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

    pub fn register(&self, registry: &mut Registry) {
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

    pub fn error(&self, kind: ErrorKind) {
        self.errors.get_or_create(&kind.label()).inc();
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
