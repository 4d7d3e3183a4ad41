//! One member group: its rules, its line, and the agents who could serve it.

use crate::agent::{FreeSeat, Standing};
use crate::estimate::Services;
use crate::line::Line;
use domain::{GroupId, GroupSpec};
use std::collections::BTreeSet;

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) spec: GroupSpec,
    pub(crate) line: Line,
    pub(crate) pool: Pool,
    /// The groups that overflow into this one.
    pub(crate) feeders: Vec<GroupId>,
    /// When the line becomes missed, if nobody comes on duty until then.
    pub(crate) closing_at: Option<i64>,
    pub(crate) services: Services,
}

impl Group {
    pub(crate) fn new(spec: GroupSpec) -> Self {
        Self {
            spec,
            line: Line::default(),
            pool: Pool::default(),
            feeders: Vec::new(),
            closing_at: None,
            services: Services::default(),
        }
    }

    /// The group this one overflows to. Itself does not count.
    pub(crate) fn overflow(&self) -> Option<GroupId> {
        self.spec.overflow.filter(|overflow| *overflow != self.spec.id)
    }

    /// Those who are not there take nobody's place.
    pub(crate) fn line_is_full(&self) -> bool {
        self.spec
            .line_max
            .is_some_and(|most| self.line.len() >= usize::try_from(most).unwrap_or(usize::MAX))
    }
}

/// What a group's own agents amount to, kept up to date as each of them changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) free: BTreeSet<FreeSeat>,
    /// Agents on duty.
    pub(crate) staff: u32,
    /// Those of them who are also in the group that this one overflows to, so that nobody is counted twice.
    pub(crate) staff_shared: u32,
    /// Those of them who take guests: connected, and not away.
    pub(crate) here: u32,
    /// Seats of the agents on duty who are not away.
    pub(crate) working_seats: u32,
}

impl Pool {
    pub(crate) fn add(&mut self, standing: Standing, shared: bool) {
        self.free.extend(standing.free);
        self.staff += u32::from(standing.staffs);
        self.staff_shared += u32::from(standing.staffs && shared);
        self.here += u32::from(standing.here);
        self.working_seats = self.working_seats.saturating_add(standing.working_seats);
    }

    /// Takes out exactly what [`Pool::add`] put in.
    pub(crate) fn remove(&mut self, standing: Standing, shared: bool) {
        if let Some(free) = standing.free {
            self.free.remove(&free);
        }
        self.staff -= u32::from(standing.staffs);
        self.staff_shared -= u32::from(standing.staffs && shared);
        self.here -= u32::from(standing.here);
        self.working_seats = self.working_seats.saturating_sub(standing.working_seats);
    }
}
