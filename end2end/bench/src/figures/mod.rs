//! One file for each kind of figure.

pub(crate) mod arrivals;
pub(crate) mod decisions;
pub(crate) mod history;
pub(crate) mod idle;
pub(crate) mod latency;
pub(crate) mod line;
pub(crate) mod relay;
pub(crate) mod start;
